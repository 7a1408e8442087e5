import type { Finding } from "../../protocol/index.js";
import { rangeOf } from "../rules/places.js";
import type { Rule, RuleFinding } from "../rules/types.js";
import type { Linker } from "../summaries/linker.js";

/** Turns a rule's finding (offsets) into the one every view shows (lines and columns). */
export function toFinding(rule: Rule, finding: RuleFinding, linker: Linker): Finding {
	const related = (finding.related ?? []).map(({ place, message }) => ({ file: place.file, ...rangeOf(place, linker), message }));
	return {
		rule: rule.meta.id,
		severity: finding.severity,
		file: finding.place.file,
		...rangeOf(finding.place, linker),
		message: finding.message,
		related,
		...(finding.estimate ? { estimate: finding.estimate } : {}),
		fixes: finding.fixes ?? [],
	};
}

/** By file, then by place. */
export function byPlace(a: Finding, b: Finding): number {
	if (a.file !== b.file) return a.file < b.file ? -1 : 1;
	return a.line - b.line || a.column - b.column;
}

export function groupByFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
	const groups = new Map<string, Finding[]>();
	for (const finding of findings) {
		const group = groups.get(finding.file);
		if (group) group.push(finding);
		else groups.set(finding.file, [finding]);
	}
	return groups;
}
