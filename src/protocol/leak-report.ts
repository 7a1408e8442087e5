/** The leak report of a workspace folder, as the language server makes it for the editor. */
import { isAmount, isLiteral, isNullOr, isOneOf, isShape, isText } from "./guard.js";
import { isLoadResult, type LoadResult } from "./load.js";

export interface LeakReportParams {
	/** Of the folder, or of something in it. */
	readonly uri: string;
	/** Absolute path of a recording's folder; null without one. */
	readonly recording: string | null;
	/** Milliseconds since the epoch: what was recorded earlier is left out; null takes all of it. */
	readonly since: number | null;
	/** Absolute path of the folder of a recording to compare with; null without one. */
	readonly baseline: string | null;
	/** The load test that ran since then; null without one. */
	readonly load: LoadResult | null;
	readonly format: "markdown" | "html";
}

export const isLeakReportParams = isShape<LeakReportParams>({
	uri: isText(4_096),
	recording: isNullOr(isText(4_096)),
	since: isNullOr(isAmount),
	baseline: isNullOr(isText(4_096)),
	load: isNullOr(isLoadResult),
	format: isOneOf(isLiteral("markdown"), isLiteral("html")),
});
