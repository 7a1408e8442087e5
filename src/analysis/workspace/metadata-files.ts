import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { UnreadFile } from "../../protocol/index.js";
import type { Suppression } from "../suppressions/directives.js";
import type { Metadata } from "./metadata.js";
import { nameOf } from "./names.js";
import { folderOf } from "./packages.js";
import { type ReadFile, readSaved, readText, type Tree } from "./tree.js";

type Read = Pick<Tree, "metadata" | "unread">;

/** What a workspace's metadata files say, as saved or as they are being typed, and which files could not be read. */
export class MetadataFiles {
	#read: Map<string, Metadata>;
	#unread: readonly UnreadFile[];
	#suppressions: ReadonlyMap<string, readonly Suppression[]> | null = null;
	/** Unsaved texts. */
	readonly #texts = new Map<string, string>();

	constructor(
		private readonly root: string,
		{ metadata, unread }: Read,
	) {
		this.#read = metadata;
		this.#unread = unread;
	}

	get entries(): ReadonlyMap<string, Metadata> {
		return this.#read;
	}

	/** Files that could not be read, in path order. */
	get unread(): readonly UnreadFile[] {
		return this.#unread.filter(({ file }) => !this.#isOutdone(file)).sort((a, b) => (a.file < b.file ? -1 : 1));
	}

	get suppressions(): ReadonlyMap<string, readonly Suppression[]> {
		this.#suppressions ??= new Map(
			[...this.#read].flatMap(([file, entry]) =>
				"suppressions" in entry && entry.suppressions.length > 0 ? [[file, entry.suppressions] as const] : [],
			),
		);
		return this.#suppressions;
	}

	/** A whole workspace that was read anew. */
	replace({ metadata, unread }: Read): void {
		this.#read = metadata;
		this.#unread = unread;
		this.#suppressions = null;
		for (const [file, text] of this.#texts) this.#takeTyped(file, text);
	}

	/** Reads one file anew, of which no failure is noted; what is being typed in it goes before what is saved. */
	refresh(file: string): void {
		this.#read.delete(file);
		this.#take(file, readSaved(this.root, file));
		const text = this.#texts.get(file);
		if (text !== undefined) this.#takeTyped(file, text);
	}

	/** Takes what is typed in a file, or, with undefined, what is saved. True when it says something. */
	setText(file: string, text: string | undefined): boolean {
		if (text === undefined) this.#texts.delete(file);
		else this.#texts.set(file, text);
		if (!this.isKnown(file)) return false;
		return text === undefined ? this.#takeSaved(file) : this.#takeTyped(file, text);
	}

	/** Whether a metadata file is part of the workspace, be it one that could not be read. */
	isKnown(file: string): boolean {
		return this.#read.has(file) || this.#unread.some((entry) => entry.file === file);
	}

	/** Notes that a file, metadata or source, could not be read. */
	addUnread(...unread: readonly UnreadFile[]): void {
		this.#unread = [...this.#unread, ...unread];
	}

	/** A file is about to be read again. */
	forgetUnread(file: string): void {
		this.#unread = this.#unread.filter((entry) => entry.file !== file);
	}

	/** Half-typed JSON tells nothing: the last text that could be read stays. Neither does what was deleted on disk. */
	#takeTyped(file: string, text: string): boolean {
		const read = this.isKnown(file) ? readText(file, text) : null;
		if (read === null || read.metadata === null) return false;
		this.forgetUnread(file);
		this.#take(file, read);
		return true;
	}

	#takeSaved(file: string): boolean {
		try {
			const read = readText(file, readFileSync(join(this.root, file), "utf8"));
			this.#read.delete(file);
			this.forgetUnread(file);
			this.#take(file, read);
			return true;
		} catch {
			return false;
		}
	}

	#take(file: string, { metadata, unread }: ReadFile): void {
		if (metadata !== null) this.#read.set(file, metadata);
		this.addUnread(...unread);
		this.#suppressions = null;
	}

	/** A binary lock file is not missed where another one stands beside it. */
	#isOutdone(file: string): boolean {
		if (nameOf(file) !== "bun.lockb") return false;
		const dir = folderOf(file);
		return [...this.#read].some(([path, { kind }]) => kind === "lockfile" && path !== file && folderOf(path) === dir);
	}
}
