import type { Settings } from "../../config/index.js";
import type { Finding, Severity } from "../../protocol/index.js";
import { type Model, RULES, type Rule, type RuleFinding } from "../rules/index.js";
import { rangeOf } from "../rules/places.js";
import type { FixScope } from "./types.js";

/** The rules that run: a rule whose level is `off` does not. */
export function rulesOf(settings: Settings): readonly Rule[] {
	return RULES.filter(({ meta }) => settings.rules[meta.id] !== "off");
}

/** Turns a rule's finding (offsets) into the one every view shows (lines and columns), as grave as the settings want it. */
export function toFinding(rule: Rule, finding: RuleFinding, { linker, settings }: Model): Finding {
	const related = (finding.related ?? []).map(({ place, message }) => ({ file: place.file, ...rangeOf(place, linker), message }));
	return {
		rule: rule.meta.id,
		severity: severityOf(rule, finding, settings),
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

function severityOf({ meta }: Rule, { severity }: RuleFinding, { rules }: Settings): Severity {
	const level = rules[meta.id] ?? severity;
	return level === "off" ? severity : level;
}

export function inScope(findings: readonly Finding[], scope: FixScope): readonly Finding[] {
	switch (scope.kind) {
		case "finding":
			return [scope.finding];
		case "file":
			return findings.filter(({ file }) => file === scope.file);
		case "folder":
			return findings.filter(({ file }) => file.startsWith(`${scope.folder}/`));
		case "workspace":
			return findings;
	}
}
