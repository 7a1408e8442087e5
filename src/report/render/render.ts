import { withoutCredentials } from "../../protocol/index.js";
import type { LeakReport } from "../leaks/types.js";
import { htmlOf } from "./html.js";
import { markdownOf } from "./markdown.js";
import { documentOf } from "./sections.js";

export const REPORT_FORMATS = ["markdown", "html", "json"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The text of a report. Whatever a title, a path or a message brought along: URLs are shown without user and password. */
export function renderReport(report: LeakReport, format: ReportFormat): string {
	return withoutCredentials(textOf(report, format));
}

function textOf(report: LeakReport, format: ReportFormat): string {
	switch (format) {
		case "markdown":
			return markdownOf(documentOf(report));
		case "html":
			return htmlOf(documentOf(report));
		case "json":
			return `${JSON.stringify(report, null, "\t")}\n`;
	}
}
