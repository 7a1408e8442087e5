/** What the analysis tells every view (diagnostics, command line, report): plain data, positions from 1, paths relative to the workspace root with `/`. */

import type { Evidence } from "./evidence.js";
import { type Guard, isLiteral, isOneOf } from "./guard.js";

export type Severity = "error" | "warning" | "info" | "hint";

/** The gravest first. */
export const SEVERITIES: readonly Severity[] = ["error", "warning", "info", "hint"];

export const isSeverity: Guard<Severity> = isOneOf(isLiteral("error"), isLiteral("warning"), isLiteral("info"), isLiteral("hint"));

/** Lines and columns count from 1; columns count UTF-16 code units, as VS Code does. */
export interface TextRange {
	readonly line: number;
	readonly column: number;
	readonly endLine: number;
	readonly endColumn: number;
}

export interface FileRange extends TextRange {
	readonly file: string;
}

export interface RelatedPlace extends FileRange {
	readonly message: string;
}

/**
 * What a finding costs, and what mending it would save: a range in MB (10^6 bytes) and the connections it stands for, with the source
 * of the figure.
 */
export interface Estimate {
	readonly megabytes: readonly [low: number, high: number];
	readonly connections: number | null;
	readonly source: string;
}

export interface Finding extends TextRange {
	/** Rule id: the rule's file name, its docs page and the diagnostic's code. */
	readonly rule: string;
	readonly severity: Severity;
	readonly file: string;
	readonly message: string;
	readonly related: readonly RelatedPlace[];
	readonly estimate?: Estimate;
	/** Ids of the fixes that apply, the preferred one first. */
	readonly fixes: readonly string[];
	/** What an attached process showed of it. */
	readonly evidence?: Evidence;
}

/** What there is to say of a client or of a setting of its pool. Plain text and Markdown without secrets. */
export interface PoolHint {
	readonly file: string;
	/** Where the label stands. */
	readonly line: number;
	readonly column: number;
	/** At most about 40 characters; null where there is only something to read for who rests the pointer on it. */
	readonly label: string | null;
	/** Markdown. */
	readonly tooltip: string;
	/** What it is about. */
	readonly subject: TextRange;
}

/** A line above a client: who else uses it, or how many there are beside it. */
export interface ClientLens extends TextRange {
	readonly file: string;
	readonly title: string;
	/** What a click shows: the files that import the client, or the other clients. */
	readonly shows: "users" | "clients";
}

/** Replaces `range` with `newText`; an empty range inserts. */
export interface TextChange {
	readonly range: TextRange;
	readonly newText: string;
}

export type FileChange =
	| { readonly kind: "edit"; readonly file: string; readonly changes: readonly TextChange[] }
	| { readonly kind: "create"; readonly file: string; readonly text: string };

/** A quick-fix ready to apply: `title` is an imperative with its object; all `changes` belong to one undoable step. */
export interface Fix {
	readonly id: string;
	readonly title: string;
	readonly preferred: boolean;
	readonly changes: readonly FileChange[];
	/** What a reader should know before applying, such as options that were not carried over. */
	readonly notes: readonly string[];
}

/** A fix that applies, or the reason why a machine should not make the change. */
export type FixOutcome =
	| { readonly kind: "fix"; readonly fix: Fix }
	| { readonly kind: "refused"; readonly id: string; readonly reason: string };

export interface PrismaPackage {
	/** Directory of the package relative to the root; "." for the root itself. */
	readonly package: string;
	readonly version: string | null;
	readonly engine: "rust" | "client" | "none" | "unknown";
	readonly adapters: readonly string[];
}

export interface UnreadFile {
	readonly file: string;
	readonly reason: string;
}

/** The report of `check --format json`; its shape is versioned. */
export interface CheckReport {
	readonly version: 1;
	readonly root: string;
	readonly prisma: readonly PrismaPackage[];
	readonly findings: readonly Finding[];
	readonly unread: readonly UnreadFile[];
	readonly summary: {
		readonly files: number;
		readonly packages: number;
		readonly analysed: number;
		readonly errors: number;
		readonly warnings: number;
		readonly infos: number;
		readonly hints: number;
		/** Findings that comments in the code silence; they are not among `findings`. */
		readonly suppressed: number;
	};
	/** Milliseconds per phase, and in all. */
	readonly timing: Readonly<Record<string, number>>;
}

/** How many findings there are of each severity, as `CheckReport.summary` has them. */
export function severityCounts(findings: readonly Finding[]): Pick<CheckReport["summary"], "errors" | "warnings" | "infos" | "hints"> {
	const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
	return { errors: count("error"), warnings: count("warning"), infos: count("info"), hints: count("hint") };
}
