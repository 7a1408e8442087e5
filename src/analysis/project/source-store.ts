import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { UnreadFile } from "../../protocol/index.js";
import { extractFacts, type FileFacts } from "../facts/index.js";
import type { SourceFile } from "../workspace/index.js";
import { type EntryFacts, scanEntry, scanText, type TextFacts } from "./scan-text.js";

/** Files read between two looks at the clock, the caller's signal and its progress bar. */
const BATCH = 100;

export interface ReadProgress {
	readonly signal?: AbortSignal | undefined;
	readonly onProgress?: (done: number, total: number) => void;
}

/**
 * The texts of a workspace, as far as they are needed: a quick look at every source, facts of those that were opened. Texts are
 * read again when a fix asks for them; only editors' unsaved ones are kept.
 */
export class SourceStore {
	private readonly quick = new Map<string, TextFacts>();
	private readonly opened = new Map<string, FileFacts>();
	private readonly entries = new Map<string, EntryFacts>();
	private readonly overlays = new Map<string, string>();
	private readonly failures = new Map<string, string>();

	constructor(private readonly root: string) {}

	/** The quick look at every source. */
	get texts(): ReadonlyMap<string, TextFacts> {
		return this.quick;
	}

	get unread(): readonly UnreadFile[] {
		return [...this.failures].map(([file, reason]) => ({ file, reason }));
	}

	async readAll(sources: readonly SourceFile[], progress: ReadProgress): Promise<void> {
		for (let done = 0; done < sources.length; done += BATCH) {
			for (const { path } of sources.slice(done, done + BATCH)) this.update(path);
			progress.onProgress?.(Math.min(done + BATCH, sources.length), sources.length);
			await setImmediate();
			progress.signal?.throwIfAborted();
		}
	}

	setOverlay(file: string, text: string | undefined): void {
		if (text === undefined) this.overlays.delete(file);
		else this.overlays.set(file, text);
	}

	/** Looks at a file anew; forgets it when it is gone. Says whether its imports are other ones than before. */
	update(file: string): boolean {
		const before = this.quick.get(file)?.specifiers;
		this.opened.delete(file);
		this.entries.delete(file);
		const text = this.text(file);
		if (text === undefined) {
			return this.quick.delete(file);
		}
		const quick = scanText(text);
		this.quick.set(file, quick);
		if (quick.matters) this.opened.set(file, this.extract(file, text));
		return before?.join("\n") !== quick.specifiers.join("\n");
	}

	/** The text an editor holds, else the one on disk; undefined when it cannot be read. */
	text(file: string): string | undefined {
		const overlay = this.overlays.get(file);
		if (overlay !== undefined) return overlay;
		try {
			const text = readFileSync(`${this.root}/${file}`, "utf8");
			this.failures.delete(file);
			return text;
		} catch (error) {
			if (!isMissing(error)) this.failures.set(file, error instanceof Error ? error.message : String(error));
			return undefined;
		}
	}

	/** How a file is run, if it is one that nobody imports. */
	entry(file: string): EntryFacts | undefined {
		const known = this.entries.get(file);
		if (known) return known;
		const text = this.quick.has(file) ? this.text(file) : undefined;
		if (text === undefined) return undefined;
		const facts = scanEntry(text);
		this.entries.set(file, facts);
		return facts;
	}

	/** Facts of a file that was opened. Modules that only pass others on are opened when somebody comes by. */
	facts(file: string): FileFacts | undefined {
		return this.opened.get(file) ?? (this.quick.get(file)?.isBarrel ? this.open(file) : undefined);
	}

	isOpen(file: string): boolean {
		return this.opened.has(file);
	}

	get openedFiles(): readonly string[] {
		return [...this.opened.keys()].sort();
	}

	/** Reads a file's facts whether or not its text spoke of Prisma. */
	open(file: string): FileFacts | undefined {
		const known = this.opened.get(file);
		if (known) return known;
		const text = this.quick.has(file) ? this.text(file) : undefined;
		if (text === undefined) return undefined;
		const facts = this.extract(file, text);
		this.opened.set(file, facts);
		return facts;
	}

	private extract(file: string, text: string): FileFacts {
		try {
			return extractFacts(file, text);
		} catch (error) {
			// Only nesting deeper than the stack is left to fail here; the rest of the workspace must not suffer for it.
			this.failures.set(file, `It could not be analysed: ${error instanceof Error ? error.message : String(error)}`);
			return extractFacts(file, "");
		}
	}
}

function isMissing(error: unknown): boolean {
	return error instanceof Error && "code" in error && error.code === "ENOENT";
}
