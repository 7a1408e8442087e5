import { type FileHandle, mkdir, open, readdir, rmdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { clock, type TargetInfo } from "../../protocol/index.js";
import { type Entry, encodeLine, segmentName, segmentNumbers, VERSION } from "./format.js";

export interface Bounds {
	/** A segment that has reached so many bytes is followed by another one. */
	readonly segmentBytes: number;
	/** The oldest segments beyond so many are deleted. */
	readonly segments: number;
}

/** Together some 64 MB, a day of samples at one a second. */
export const BOUNDS: Bounds = { segmentBytes: 4_000_000, segments: 16 };

/** Lines that wait for a disk that takes none; older ones are given up. */
const MOST_WAITING = 600;

/**
 * Appends entries to a recording, in order and without being waited for. A failure does not end it: what could not be written waits,
 * and is tried again with the next entry. Nothing is kept open that a crash could lose: each entry is handed to the system at once.
 */
export class RecordingWriter {
	private waiting: string[] = [];
	private handle: FileHandle | null = null;
	private segment = 0;
	/** Length of the present segment as far as it is whole. */
	private length = 0;
	private failing: string | null = null;
	private work: Promise<void> = Promise.resolve();

	constructor(
		/** Folder of this recording. It is made when it is missing; one that is there is continued in a new segment. */
		private readonly folder: string,
		private readonly target: TargetInfo,
		/** Told when writing fails, in words for people, and with null when it works again. */
		private readonly onProblem: (problem: string | null) => void,
		private readonly bounds: Bounds = BOUNDS,
	) {}

	append(entry: Entry): void {
		this.waiting.push(encodeLine(entry));
		if (this.waiting.length > MOST_WAITING) this.waiting.shift();
		this.work = this.work.then(() => this.flush());
	}

	/** Resolves when everything that can be written is. */
	written(): Promise<void> {
		return this.work;
	}

	async close(): Promise<void> {
		await this.work;
		await this.handle?.close().catch(() => {});
		this.handle = null;
		// What holds nothing is no recording; any other folder stays.
		await rmdir(this.folder).catch(() => {});
	}

	private async flush(): Promise<void> {
		const lines = this.waiting;
		if (lines.length === 0) return;
		this.waiting = [];
		try {
			await this.write(lines.join(""));
			if (this.failing !== null) this.onProblem(null);
			this.failing = null;
		} catch (error) {
			this.waiting = [...lines, ...this.waiting].slice(-MOST_WAITING);
			await this.cutBack();
			this.fail(error);
		}
	}

	private async write(text: string): Promise<void> {
		const handle = this.handle !== null && this.length < this.bounds.segmentBytes ? this.handle : await this.nextSegment();
		await this.writeAt(handle, text);
	}

	private async nextSegment(): Promise<FileHandle> {
		await mkdir(this.folder, { recursive: true });
		const numbers = segmentNumbers(await readdir(this.folder));
		const number = Math.max(this.segment, numbers.at(-1) ?? 0) + 1;
		const handle = await open(join(this.folder, segmentName(number)), "wx");
		await this.handle?.close();
		this.handle = handle;
		this.segment = number;
		this.length = 0;
		const header = { format: "prisma-leak-lens-recording", version: VERSION, startedAt: Date.now(), target: this.target } as const;
		await this.writeAt(handle, encodeLine(header));
		for (const old of numbers.slice(0, Math.max(0, numbers.length + 1 - this.bounds.segments)))
			await unlink(join(this.folder, segmentName(old)));
		return handle;
	}

	private async writeAt(handle: FileHandle, text: string): Promise<void> {
		const bytes = Buffer.from(text);
		let written = 0;
		while (written < bytes.length) {
			const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, this.length + written);
			written += bytesWritten;
		}
		this.length += bytes.length;
	}

	/** A full disk may have taken half a line; a segment without even a header is no segment. */
	private async cutBack(): Promise<void> {
		const { handle, length } = this;
		if (handle === null) return;
		await handle.truncate(length).catch(() => {});
		if (length > 0) return;
		await handle.close().catch(() => {});
		await unlink(join(this.folder, segmentName(this.segment))).catch(() => {});
		this.handle = null;
	}

	private fail(error: unknown): void {
		const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
		if (this.failing === code) return;
		this.failing = code;
		this.onProblem(
			`${reasonOf(code)} since ${clock(Date.now())}, so what is measured is not recorded. Watching goes on. ${adviceOf(code)}`,
		);
	}
}

function reasonOf(code: string): string {
	switch (code) {
		case "ENOSPC":
		case "EDQUOT":
			return "The disk that holds the recordings is full";
		case "EACCES":
		case "EPERM":
		case "EROFS":
			return "The folder of the recordings cannot be written to";
		default:
			return `The recording cannot be written (${code})`;
	}
}

function adviceOf(code: string): string {
	const isFull = code === "ENOSPC" || code === "EDQUOT";
	return `${isFull ? "Free some space" : "Mend that"}, and recording goes on by itself; the latest ${MOST_WAITING} entries are kept for then.`;
}
