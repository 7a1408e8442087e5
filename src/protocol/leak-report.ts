/** The leak report of a workspace folder, as the language server makes it for the editor. */
import { isLiteral, isNullOr, isOneOf, isShape, isText } from "./guard.js";

/** Request with `LeakReportParams` → the report's text, or null where no folder holds `uri`. */
export const LEAK_REPORT_METHOD = "prismaLeakLens/leakReport";

export interface LeakReportParams {
	/** Of the folder, or of something in it. */
	readonly uri: string;
	/** Absolute path of a recording's folder; null without one. */
	readonly recording: string | null;
	readonly format: "markdown" | "html";
}

export const isLeakReportParams = isShape<LeakReportParams>({
	uri: isText(4_096),
	recording: isNullOr(isText(4_096)),
	format: isOneOf(isLiteral("markdown"), isLiteral("html")),
});
