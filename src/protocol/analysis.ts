/** What the language server offers beyond the Language Server Protocol. */
import type { TextRange } from "./finding.js";
import { isAmount, isInteger, isListOf, isLiteral, isOneOf, isOptional, isShape, isString } from "./guard.js";

export const AnalysisMethod = {
	/** Request → `readonly string[]`: host:port of the databases the workspace's own URLs name. */
	databaseEndpoints: "prismaLeakLens/databaseEndpoints",
	/** Request → `readonly MemoryCost[]`: one per package that uses Prisma, those of which nothing is known left out. */
	memoryCosts: "prismaLeakLens/memoryCosts",
	/** Request → `AnalysisSummary`. */
	summary: "prismaLeakLens/summary",
	/** Notification by the server with an `AnalysisSummary`, when it has changed. */
	summaryChanged: "prismaLeakLens/summaryChanged",
	/** Request → `AnalysisSummary`: reads the whole workspace anew. */
	scan: "prismaLeakLens/scan",
	/** Request: ends the scans that run or are about to, for editors whose progress bar has no cancel button. */
	cancelScan: "prismaLeakLens/cancelScan",
	/** Request with `FixAllParams` → `FixAllResult`: fixes all that is selected, or says what would be changed. */
	fixAll: "prismaLeakLens/fixAll",
	/** Request → `readonly FixableRule[]`: the rules that have findings with a fix, most findings first. */
	fixableRules: "prismaLeakLens/fixableRules",
	/** Request with `LensPlacesParams` → `readonly UriRange[]`: what a click on a code lens shows. */
	lensPlaces: "prismaLeakLens/lensPlaces",
	/** Request with an `EvidenceParams` → `SiteVerdict[]`, one per site. It takes the place of what was said before; no sites take it back. */
	evidence: "prismaLeakLens/evidence",
	/** Request with a `LeakQuery` → `LeakList`. */
	leakList: "prismaLeakLens/leakList",
	/** Request with `LeakReportParams` → the report's text, or null where no folder holds its `uri`. */
	leakReport: "prismaLeakLens/leakReport",
} as const;

/** Kinds of the quick-fixes, which go on with a rule and a fix: `quickfix.prismaLeakLens.fix.pool-size.set-pool-size`. */
export const CODE_ACTION_KINDS = {
	fix: "quickfix.prismaLeakLens.fix",
	/** Comments that silence a finding. */
	suppress: "quickfix.prismaLeakLens.suppress",
} as const;

/** `idle`: no folder is open, or the scan was cancelled. */
export type AnalysisState = "idle" | "scanning" | "ready" | "failed";

export interface AnalysisSummary {
	readonly state: AnalysisState;
	/** Source files of the open folders. */
	readonly files: number;
	readonly errors: number;
	readonly warnings: number;
	readonly infos: number;
	readonly hints: number;
}

export const isAnalysisSummary = isShape<AnalysisSummary>({
	state: isOneOf(isLiteral("idle"), isLiteral("scanning"), isLiteral("ready"), isLiteral("failed")),
	files: isAmount,
	errors: isAmount,
	warnings: isAmount,
	infos: isAmount,
	hints: isAmount,
});

/** All findings with a preferred fix, unless it says which. */
export interface FixAllParams {
	/** Only findings of this rule, such as `pool-size`. */
	readonly rule?: string | undefined;
	/** Only findings with this fix, such as `use-singleton`, and by it. */
	readonly fix?: string | undefined;
	/** Only in this file or folder. */
	readonly uri?: string | undefined;
	/** `plan` changes nothing; `preview`, unless another is given, has the editor show each change, to be ticked; `apply` makes all at once. */
	readonly how?: "plan" | "preview" | "apply" | undefined;
}

export const isFixAllParams = isShape<FixAllParams>({
	rule: isOptional(isString),
	fix: isOptional(isString),
	uri: isOptional(isString),
	how: isOptional(isOneOf(isLiteral("plan"), isLiteral("preview"), isLiteral("apply"))),
});

export interface FixableRule {
	readonly rule: string;
	readonly findings: number;
}

export interface FixAllResult {
	/**
	 * `nothing`: no finding has this fix. `ticked`: what the person ticked in the preview was changed. `declined`: the person, or the
	 * editor, did not make the change.
	 */
	readonly outcome: "planned" | "applied" | "ticked" | "declined" | "nothing";
	/** What is done, as the editor names it when it offers to undo it. */
	readonly label: string;
	/** What a person should know of it, such as options that were dropped. */
	readonly notes: readonly string[];
	/** Files that the changes are in. */
	readonly files: number;
	readonly refused: readonly { readonly file: string; readonly line: number; readonly reason: string }[];
}

/** Command of the editor that the server's code lenses run, with `LensPlacesParams`. */
export const SHOW_LENS_PLACES = "prismaLeakLens.showClientPlaces";

/** A code lens: its document and range, and what it shows. */
export interface LensPlacesParams extends TextRange {
	readonly uri: string;
	readonly shows: "users" | "clients";
}

const isPosition = isInteger(1, 10_000_000);
const RANGE = { line: isPosition, column: isPosition, endLine: isPosition, endColumn: isPosition };

export const isLensPlacesParams = isShape<LensPlacesParams>({
	...RANGE,
	uri: isString,
	shows: isOneOf(isLiteral("users"), isLiteral("clients")),
});

export interface UriRange extends TextRange {
	readonly uri: string;
}

export const isUriRanges = isListOf(isShape<UriRange>({ ...RANGE, uri: isString }), 100_000);
