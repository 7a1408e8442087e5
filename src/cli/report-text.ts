import type { CheckReport, Finding, RelatedPlace, Severity } from "../protocol/index.js";

type Style = "bold" | "dim" | Severity;

const ESCAPES: Readonly<Record<Style, number>> = { bold: 1, dim: 2, error: 31, warning: 33, info: 36, hint: 2 };

/** The report for a terminal: a line per finding, its related places under it, the counts at the end. */
export function formatReport(report: CheckReport, color: boolean): string {
	const paint = (style: Style, text: string): string => (color ? `\u001b[${ESCAPES[style]}m${text}\u001b[0m` : text);
	const lines = report.findings.flatMap((finding) => [
		findingLine(finding, paint),
		...finding.related.map((place) => relatedLine(place, paint)),
	]);
	const unread = report.unread.map(({ file, reason }) => `Not read in full: ${file}. ${reason}`);
	return [...lines, ...(lines.length > 0 ? [""] : []), ...unread, summaryLine(report)].join("\n");
}

type Paint = (style: Style, text: string) => string;

function findingLine({ file, line, column, severity, message, rule }: Finding, paint: Paint): string {
	return `${paint("bold", `${file}:${line}:${column}`)} ${paint(severity, severity)} ${message} ${paint("dim", `[${rule}]`)}`;
}

function relatedLine({ file, line, column, message }: RelatedPlace, paint: Paint): string {
	return paint("dim", `    ${file}:${line}:${column} ${message}`);
}

/** The counts, and what was looked at. */
export function summaryLine({ summary, prisma, timing }: CheckReport): string {
	const { errors, warnings, infos, hints } = summary;
	const counts = [count(errors, "error"), count(warnings, "warning"), count(infos, "note"), count(hints, "hint")].filter(
		(text) => text !== null,
	);
	const found = counts.length === 0 ? "No leaks" : counts.join(", ");
	const seconds = timing.total === undefined ? "" : `, ${(timing.total / 1_000).toFixed(1)} s`;
	const silent = summary.suppressed === 0 ? "" : ` ${count(summary.suppressed, "finding")} suppressed by comments.`;
	return `${found} in ${count(summary.files, "file") ?? "0 files"} (${describePrisma(prisma)})${seconds}.${silent}`;
}

function describePrisma(prisma: CheckReport["prisma"]): string {
	const versions = [...new Set(prisma.flatMap(({ version }) => version ?? []))];
	return versions.length === 0 ? "no Prisma found" : `Prisma ${versions.join(", ")}`;
}

/** `3 errors`; null for none. */
export function count(number: number, noun: string): string | null {
	return number === 0 ? null : `${number} ${noun}${number === 1 ? "" : "s"}`;
}
