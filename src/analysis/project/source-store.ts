import { existsSync, readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { UnreadFile } from "../../protocol/index.js";
import { EditedText, extractFacts, type FileFacts } from "../facts/index.js";
import { errorCode, isBinary, isTooLarge, type SourceFile, TOO_LARGE, withoutByteOrderMark } from "../workspace/index.js";
import { declaresPlainClass, type EntryFacts, mayHoldOptions, scanEntry, scanText, type TextFacts } from "./scan-text.js";

/** Files read between two looks at the clock, the caller's signal and its progress bar. */
const BATCH = 100;

export interface ReadProgress {
	readonly signal?: AbortSignal | undefined;
	readonly onProgress?: (done: number, total: number) => void;
}

/** Whether a source's facts are read at once, or only when something leads there. */
export type Wanted = (file: string, text: TextFacts) => boolean;

/**
 * The texts of a workspace, as far as they are needed: a quick look at every source, facts of those that were opened. Texts are
 * read again when a fix asks for them; only editors' unsaved ones are kept.
 */
export class SourceStore {
	private listed: ReadonlySet<string> = new Set();
	private readonly quick = new Map<string, TextFacts>();
	/** Facts of the texts as they are now, of files that are open or were. */
	private readonly known = new Map<string, FileFacts>();
	/** Sources whose facts are wanted whether or not something leads there. */
	private readonly wantedFiles = new Set<string>();
	private readonly entries = new Map<string, EntryFacts>();
	/** Answers to questions about a source's text. */
	private readonly asked = new Map<string, Map<string, boolean>>();
	private readonly overlays = new Map<string, string>();
	private readonly edited = new Map<string, EditedText>();
	/** Texts on disk, held while a scan asks for them again and again. */
	private held: Map<string, string> | null = null;
	private readonly failures = new Map<string, string>();
	/** Files asked for that are no sources: compiler configurations, also ones that are not there. */
	private readonly others = new Set<string>();

	constructor(private readonly root: string) {}

	/** The quick look at every source. */
	get texts(): ReadonlyMap<string, TextFacts> {
		return this.quick;
	}

	get unread(): readonly UnreadFile[] {
		return [...this.failures].map(([file, reason]) => ({ file, reason }));
	}

	/** Files beside the sources whose texts somebody asked for. */
	get consulted(): readonly string[] {
		return [...this.others].sort();
	}

	/** Looks at these sources and forgets all others; opens the wanted ones while their texts are at hand. */
	async readAll(sources: readonly SourceFile[], wanted: Wanted, progress: ReadProgress = {}): Promise<void> {
		this.list(sources);
		for (let done = 0; done < sources.length; done += BATCH) {
			for (const { path } of sources.slice(done, done + BATCH)) this.look(path, wanted);
			progress.onProgress?.(Math.min(done + BATCH, sources.length), sources.length);
			await setImmediate();
			progress.signal?.throwIfAborted();
		}
	}

	/** The same in one go, for when somebody needs the texts now. */
	readNow(sources: readonly SourceFile[], wanted: Wanted): void {
		this.list(sources);
		for (const { path } of sources) this.look(path, wanted);
	}

	private list(sources: readonly SourceFile[]): void {
		this.listed = new Set(sources.map(({ path }) => path));
		for (const file of this.quick.keys()) if (!this.listed.has(file)) this.forget(file);
		this.held = new Map();
	}

	setOverlay(file: string, text: string | undefined): void {
		if (text === undefined) {
			this.overlays.delete(file);
			this.edited.delete(file);
			return;
		}
		this.overlays.set(file, withoutByteOrderMark(text));
		if (!this.edited.has(file)) this.edited.set(file, new EditedText(file));
	}

	get hasOverlays(): boolean {
		return this.overlays.size > 0;
	}

	/** Looks at a file anew, or forgets one that is no source any more. */
	update(file: string, isSource: boolean, wanted: Wanted): void {
		if (isSource) this.look(file, wanted);
		else this.forget(file);
	}

	/** Chooses the wanted files anew: what files are for has changed. */
	select(wanted: Wanted): void {
		this.wantedFiles.clear();
		for (const [file, quick] of this.quick) if (wanted(file, quick)) this.wantedFiles.add(file);
	}

	/** Files that are to be analysed for what their own texts say. */
	get wanted(): ReadonlySet<string> {
		return this.wantedFiles;
	}

	/** Lets go of the texts a scan held. */
	release(): void {
		this.held = null;
	}

	private look(file: string, wanted: Wanted): void {
		this.forget(file);
		this.failures.delete(file);
		const text = this.overlays.get(file) ?? this.saved(file);
		if (text === undefined) return;
		if (isTooLarge(text)) {
			this.failures.set(file, TOO_LARGE);
			return;
		}
		const quick = scanText(text);
		this.quick.set(file, quick);
		if (!wanted(file, quick)) return;
		this.wantedFiles.add(file);
		this.known.set(file, this.extract(file, text));
	}

	private forget(file: string): void {
		this.held?.delete(file);
		this.quick.delete(file);
		this.known.delete(file);
		this.wantedFiles.delete(file);
		this.entries.delete(file);
		this.asked.delete(file);
	}

	/** The text an editor holds, else the one on disk; undefined when it cannot be read. What was deleted on disk is gone for editors too. */
	text(file: string): string | undefined {
		const overlay = this.overlays.get(file);
		if (overlay !== undefined && (this.quick.has(file) || existsSync(`${this.root}/${file}`))) return overlay;
		return this.saved(file);
	}

	private saved(file: string): string | undefined {
		const held = this.held?.get(file);
		if (held !== undefined) return held;
		const path = `${this.root}/${file}`;
		if (!this.listed.has(file)) {
			this.others.add(file);
			// Most of these are not there, and an exception costs more than a question.
			if (!existsSync(path)) return undefined;
		}
		try {
			const text = withoutByteOrderMark(readFileSync(path, "utf8"));
			if (isBinary(text)) {
				this.failures.set(file, "It is no UTF-8 text.");
				return undefined;
			}
			this.held?.set(file, text);
			this.failures.delete(file);
			return text;
		} catch (error) {
			if (errorCode(error) !== "ENOENT") this.failures.set(file, `It could not be read: ${errorCode(error)}.`);
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

	/** Whether a source's text holds `word`. */
	mentions(file: string, word: string): boolean {
		return this.ask(file, `word ${word}`, (text) => text.includes(word));
	}

	/** Whether a source may hold options of clients, adapters and pools. */
	mayHoldOptions(file: string): boolean {
		return this.ask(file, "options", mayHoldOptions);
	}

	/** Whether a source declares a class of that name which extends nothing. */
	declaresPlainClass(file: string, name: string): boolean {
		return this.ask(file, `class ${name}`, (text) => declaresPlainClass(text, name));
	}

	private ask(file: string, question: string, look: (text: string) => boolean): boolean {
		let answers = this.asked.get(file);
		if (answers === undefined) {
			answers = new Map();
			this.asked.set(file, answers);
		}
		let answer = answers.get(question);
		if (answer === undefined) {
			const text = this.quick.has(file) ? this.text(file) : undefined;
			answer = text !== undefined && look(text);
			answers.set(question, answer);
		}
		return answer;
	}

	/** A source's facts, read when somebody first asks for them. */
	facts(file: string): FileFacts | undefined {
		let facts = this.known.get(file);
		if (!facts) {
			const text = this.quick.has(file) ? this.text(file) : undefined;
			if (text === undefined) return undefined;
			facts = this.extract(file, text);
			this.known.set(file, facts);
		}
		return facts;
	}

	private extract(file: string, text: string): FileFacts {
		try {
			return this.edited.get(file)?.facts(text) ?? extractFacts(file, text);
		} catch (error) {
			// Only nesting deeper than the stack is left to fail here; the rest of the workspace must not suffer for it.
			this.failures.set(file, `It could not be analysed: ${error instanceof Error ? error.message : String(error)}`);
			return extractFacts(file, "");
		}
	}
}
