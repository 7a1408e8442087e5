import type { Settings } from "../../config/index.js";
import type { Finding, Severity } from "../../protocol/index.js";
import { type Model, RULES, type Rule, type RuleFinding } from "../rules/index.js";
import { rangeOf } from "../rules/places.js";
import { applySuppressions, type Heeded, suppressionsIn } from "../suppressions/index.js";
import type { FixScope } from "./types.js";

/** What all rules find, in the order of files and places, as grave as the settings want it and without what comments silence. */
export function collectFindings(model: Model): Heeded {
	const byFile = groupByFile(
		RULES.filter(({ meta }) => model.settings.rules[meta.id] !== "off").flatMap((rule) =>
			[...rule.check(model)].map((finding) => toFinding(rule, finding, model)),
		),
	);
	const commented = model.files.filter((file) => suppressionsIn(model, file).length > 0);
	const files = new Set([...byFile.keys(), ...commented, ...model.workspace.suppressions.keys()]);
	const heeded = [...files].map((file) => applySuppressions(file, byFile.get(file) ?? [], suppressionsIn(model, file), model.settings));
	return {
		findings: heeded.flatMap(({ findings }) => findings).sort(byPlace),
		suppressed: heeded.reduce((sum, { suppressed }) => sum + suppressed, 0),
	};
}

/** Turns a rule's finding (offsets) into the one every view shows (lines and columns). */
function toFinding(rule: Rule, finding: RuleFinding, { linker, settings }: Model): Finding {
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

function severityOf({ meta }: Rule, { severity }: RuleFinding, { rules }: Settings): Severity {
	const level = rules[meta.id] ?? severity;
	return level === "off" ? severity : level;
}

/** By file, then by place. */
function byPlace(a: Finding, b: Finding): number {
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
