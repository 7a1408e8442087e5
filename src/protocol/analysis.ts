/** What the language server offers beyond the Language Server Protocol. */
import { isAmount, isLiteral, isOneOf, isShape, isString } from "./guard.js";

export const AnalysisMethod = {
	/** Request → `readonly string[]`: host:port of the databases the workspace's own URLs name. */
	databaseEndpoints: "prismaLeakLens/databaseEndpoints",
	/** Request → `AnalysisSummary`. */
	summary: "prismaLeakLens/summary",
	/** Notification by the server with an `AnalysisSummary`, when it has changed. */
	summaryChanged: "prismaLeakLens/summaryChanged",
	/** Request → `AnalysisSummary`: reads the whole workspace anew. */
	scan: "prismaLeakLens/scan",
	/** Request with `FixAllParams` → `FixAllResult`: fixes the whole workspace; the editor shows the changes before they are made. */
	fixAll: "prismaLeakLens/fixAll",
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

export interface FixAllParams {
	/** Id of the fix, such as `use-singleton`. */
	readonly fix: string;
}

export const isFixAllParams = isShape<FixAllParams>({ fix: isString });

export interface FixAllResult {
	/** `nothing`: no finding has this fix. `declined`: the person, or the editor, did not make the change. */
	readonly outcome: "applied" | "declined" | "nothing";
	/** Files that were, or would have been, changed. */
	readonly files: number;
	readonly refused: readonly { readonly file: string; readonly line: number; readonly reason: string }[];
}
