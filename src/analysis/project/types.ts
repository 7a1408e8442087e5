import type { Settings } from "../../config/index.js";
import type { CheckReport, ClientLens, FileRange, Finding, FixOutcome, MemoryCost, PoolHint } from "../../protocol/index.js";

export interface ScanProgress {
	readonly phase: "list" | "read" | "analyse";
	readonly done: number;
	readonly total: number;
}

export interface ScanOptions {
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: ScanProgress) => void;
}

/** Where a change set's findings are. */
export type FixScope =
	| { readonly kind: "finding"; readonly finding: Finding }
	| { readonly kind: "file"; readonly file: string }
	/** With all in it, at any depth. */
	| { readonly kind: "folder"; readonly folder: string }
	| { readonly kind: "workspace" };

/**
 * Which findings a change set repairs: those of `rule`, those that `fix` can repair, or all but hints, which are matters of taste and
 * wait until somebody asks for them; each by its preferred fix when none is named.
 */
export interface FixSelection {
	readonly rule?: string | undefined;
	readonly fix?: string | undefined;
}

export interface FixedAll {
	readonly outcome: FixOutcome;
	/** What is left alone, each with the reason. */
	readonly refused: readonly { readonly finding: Finding; readonly reason: string }[];
}

/**
 * One analysed workspace: the store of facts, kept up to date edit by edit. Files are named relative to the root with `/`.
 * `scan` first; every other call is synchronous and works on what is known.
 */
export interface Analysis {
	readonly root: string;
	scan(options?: ScanOptions): Promise<void>;
	/** Puts an editor's unsaved text over the file on disk; undefined takes it away again. */
	setText(file: string, text: string | undefined): void;
	/** Takes in a source that is to be created. */
	create(file: string, text: string): void;
	/** Files that were changed, created or deleted on disk. */
	refresh(files: readonly string[]): Promise<void>;
	configure(settings: Settings): void;
	/** All findings, or those of one file, in file and line order. Recomputes only what changed since the call before. */
	findings(file?: string): readonly Finding[];
	/** What there is to say of a file's clients and pool settings, in line order. */
	hints(file: string): readonly PoolHint[];
	lenses(file: string): readonly ClientLens[];
	/** What a click on a lens shows. */
	lensPlaces(lens: ClientLens): readonly FileRange[];
	/** What can be done about a finding, preferred first; refusals carry their reason. */
	fixes(finding: Finding): readonly FixOutcome[];
	/** The comments that would silence a finding: for its line, and for its file. None for what is said of such comments. */
	suppressions(finding: Finding): readonly FixOutcome[];
	/** One change set for many findings. */
	fixAll(selection: FixSelection, scope: FixScope): FixedAll;
	report(): CheckReport;
	/** Every source of the workspace, whether or not it speaks of Prisma. */
	sources(): readonly string[];
	/** Directory of the package a file belongs to, "" for the root. */
	packageOf(file: string): string;
	/** host:port of the databases the workspace's own URLs name; never user names or passwords. */
	databaseEndpoints(): readonly string[];
	/** What clients and connections cost, one per package of whose Prisma something is known. */
	memoryCosts(): readonly MemoryCost[];
}
