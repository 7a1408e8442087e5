import { mkdirSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { TargetInfo } from "../../protocol/index.js";
import { isRecordingId, readRecordingId, recordingId } from "./format.js";
import { type Outline, outlineOf } from "./reader.js";

export interface RecordingInfo {
	readonly id: string;
	readonly startedAt: number;
	readonly target: TargetInfo;
	readonly bytes: number;
	/** When it was last written to, in milliseconds since the epoch. */
	readonly writtenAt: number;
	/** Whether its beginning cannot be read: what is said of it is then from its name, and from a later part where there is one. */
	readonly isDamaged: boolean;
}

/** The recordings in a folder, the latest first. A folder that is not there holds none. */
export async function listRecordings(folder: string): Promise<readonly RecordingInfo[]> {
	const ids = (await idsIn(folder)).reverse();
	const found = await Promise.all(
		ids.map(async (id) => {
			const outline = await outlineOf(join(folder, id)).catch(() => null);
			if (outline === null) return [];
			const { bytes, writtenAt, isLater: isDamaged } = outline;
			return [{ id, ...beginningOf(id, outline), bytes, writtenAt, isDamaged }];
		}),
	);
	return found.flat();
}

function beginningOf(id: string, { header, isLater }: Outline): Pick<RecordingInfo, "startedAt" | "target"> {
	if (header !== null && !isLater) return { startedAt: header.startedAt, target: header.target };
	const { startedAt, pid, worker } = readRecordingId(id);
	const thread = worker === null ? {} : { worker: { id: worker, title: "worker" } };
	const unnamed: TargetInfo = { pid, ...thread, title: "unnamed process", nodeVersion: "", inspector: "", openedByUs: false };
	return { startedAt, target: header?.target ?? unnamed };
}

/**
 * Makes a folder for a recording that begins, which is nobody else's: another window or a terminal may begin one of the same process in the
 * same second. At once, so that a session's recording is known before anything is told of the session. Where no folder can be made, what
 * writes the recording tries again and says why.
 * @returns its id
 */
export function newRecording(folder: string, startedAt: number, target: Pick<TargetInfo, "pid" | "worker">): string {
	const name = recordingId(startedAt, target);
	try {
		mkdirSync(folder, { recursive: true });
		for (let number = 1; ; number++) {
			const id = number === 1 ? name : `${name}_${number}`;
			if (makeFolder(join(folder, id))) return id;
		}
	} catch {
		return name;
	}
}

/** @returns false when it is there already. @throws what else the system says */
function makeFolder(path: string): boolean {
	try {
		mkdirSync(path);
		return true;
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
		throw error;
	}
}

export async function deleteRecording(folder: string, id: string): Promise<void> {
	await rm(recordingPath(folder, id), { recursive: true, force: true });
}

/** Deletes the oldest recordings until all of them together take no more than `bytes`; the latest one always stays. */
export async function trimRecordings(folder: string, bytes: number): Promise<void> {
	let sum = 0;
	for (const [index, recording] of (await listRecordings(folder)).entries()) {
		sum += recording.bytes;
		if (index > 0 && sum > bytes) await deleteRecording(folder, recording.id);
	}
}

/** @throws when `id` is not the name of a recording: it may come from a message, and must not lead out of the folder. */
export function recordingPath(folder: string, id: string): string {
	if (!isRecordingId(id)) throw new Error(`"${id}" is not the name of a recording.`);
	return join(folder, id);
}

async function idsIn(folder: string): Promise<string[]> {
	const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return [];
		throw error;
	});
	return names.filter(isRecordingId).sort();
}
