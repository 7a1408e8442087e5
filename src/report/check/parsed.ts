import {
	type CheckReport,
	type Finding,
	isAmount,
	isEstimate,
	isListOf,
	isLiteral,
	isOptional,
	isSeverity,
	isShape,
	isString,
} from "../../protocol/index.js";

/** What of a check's JSON is used again. */
type KeptFinding = Omit<Finding, "related" | "evidence">;

const isKeptFinding = isShape<KeptFinding>({
	rule: isString,
	severity: isSeverity,
	file: isString,
	line: isAmount,
	column: isAmount,
	endLine: isAmount,
	endColumn: isAmount,
	message: isString,
	estimate: isOptional(isEstimate),
	fixes: isListOf(isString, 100),
});

const isKeptReport = isShape<{ version: CheckReport["version"]; findings: readonly KeptFinding[] }>({
	version: isLiteral(1),
	findings: isListOf(isKeptFinding, 200_000),
});

/** The findings in the JSON of a check, without their related places; null when it is none. */
export function findingsOfCheck(text: string): readonly Finding[] | null {
	try {
		const value: unknown = JSON.parse(text);
		return isKeptReport(value) ? value.findings.map((finding) => ({ ...finding, related: [] })) : null;
	} catch {
		return null;
	}
}
