import type { Settings } from "../../config/index.js";
import type { CheckReport, Finding, FixOutcome, PoolHint } from "../../protocol/index.js";

export interface ScanProgress {
	readonly phase: "list" | "read" | "analyse";
	readonly done: number;
	readonly total: number;
}

export interface ScanOptions {
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: ScanProgress) => void;
}

/** The files a change set can be taken from: one finding, every finding of a file, or the whole workspace. */
export type FixScope =
	| { readonly kind: "finding"; readonly finding: Finding }
	| { readonly kind: "file"; readonly file: string }
	/** `rule` narrows it to the findings of one rule. */
	| { readonly kind: "workspace"; readonly rule?: string };

/**
 * One analysed workspace: the store of facts, kept up to date edit by edit. Files are named relative to the root with `/`.
 * `scan` first; every other call is synchronous and works on what is known.
 */
export interface Analysis {
	readonly root: string;
	scan(options?: ScanOptions): Promise<void>;
	/** Puts an editor's unsaved text over the file on disk; undefined takes it away again. */
	setText(file: string, text: string | undefined): void;
	/** Files that were changed, created or deleted on disk. */
	refresh(files: readonly string[]): Promise<void>;
	configure(settings: Settings): void;
	/** All findings, or those of one file, in file and line order. Recomputes only what changed since the call before. */
	findings(file?: string): readonly Finding[];
	hints(file: string): readonly PoolHint[];
	/** What can be done about a finding, preferred first; refusals carry their reason. */
	fixes(finding: Finding): readonly FixOutcome[];
	/** One change set for many findings of a fix id; findings that were refused are listed with the reason. */
	fixAll(
		fixId: string,
		scope: FixScope,
	): { readonly outcome: FixOutcome; readonly refused: readonly { readonly finding: Finding; readonly reason: string }[] };
	report(): CheckReport;
	/** host:port of the databases the workspace's own URLs name; never user names or passwords. */
	databaseEndpoints(): readonly string[];
}
