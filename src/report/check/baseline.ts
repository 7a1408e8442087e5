/** A baseline: the findings that a team knows of, so that only new ones count. */
import { type CheckReport, type Finding, isListOf, isLiteral, isShape, isText, severityCounts } from "../../protocol/index.js";
import type { Fingerprint } from "./fingerprints.js";

/** Rule and file are for people who read the file or its changes. */
interface Known {
	readonly fingerprint: Fingerprint;
	readonly rule: string;
	readonly file: string;
}

interface BaselineFile {
	readonly version: 1;
	readonly findings: readonly Known[];
}

export type Baseline =
	| { readonly kind: "read"; readonly fingerprints: ReadonlySet<Fingerprint> }
	/** `problem` says in words for people what is wrong with the text. */
	| { readonly kind: "broken"; readonly problem: string };

const isBaselineFile = isShape<BaselineFile>({
	version: isLiteral(1),
	findings: isListOf(isShape<Known>({ fingerprint: isText(64), rule: isText(100), file: isText(4_096) }), 200_000),
});

export function parseBaseline(text: string): Baseline {
	const value = parsed(text);
	if (value === undefined) return { kind: "broken", problem: "It is no JSON." };
	if (!isBaselineFile(value)) return { kind: "broken", problem: "It is JSON, but not a baseline of version 1." };
	return { kind: "read", fingerprints: new Set(value.findings.map(({ fingerprint }) => fingerprint)) };
}

/** The text of a baseline that knows these findings: one a line, in an order that does not change with line numbers. */
export function baselineText(fingerprints: ReadonlyMap<Finding, Fingerprint>): string {
	const known = [...fingerprints].map(([{ rule, file }, fingerprint]): Known => ({ fingerprint, rule, file }));
	const lines = known.sort(byFile).map((entry) => `\t\t${JSON.stringify(entry)}`);
	return `{\n\t"version": 1,\n\t"findings": [${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n\t`}]\n}\n`;
}

export interface Compared {
	/** With the findings that the baseline does not know. */
	readonly report: CheckReport;
	/** How many it knows. */
	readonly known: number;
	/** How many of the baseline's are not found any more. */
	readonly gone: number;
}

export function compareWithBaseline(
	report: CheckReport,
	fingerprints: ReadonlyMap<Finding, Fingerprint>,
	baseline: ReadonlySet<Fingerprint>,
): Compared {
	const isKnown = (finding: Finding): boolean => baseline.has(fingerprints.get(finding) ?? "");
	const findings = report.findings.filter((finding) => !isKnown(finding));
	const found = new Set(fingerprints.values());
	return {
		report: { ...report, findings, summary: { ...report.summary, ...severityCounts(findings) } },
		known: report.findings.length - findings.length,
		gone: [...baseline].filter((fingerprint) => !found.has(fingerprint)).length,
	};
}

function byFile(a: Known, b: Known): number {
	const [left, right] = [a, b].map(({ file, rule, fingerprint }) => `${file}\n${rule}\n${fingerprint}`);
	return (left ?? "") < (right ?? "") ? -1 : 1;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
