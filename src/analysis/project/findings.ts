import type { Settings } from "../../config/index.js";
import type { Finding, Severity } from "../../protocol/index.js";
import type { FileModel, Model, Rule, RuleFinding } from "../rules/index.js";
import { rangeOf } from "../rules/places.js";
import { applySuppressions, type Heeded, suppressionsIn } from "../suppressions/index.js";
import type { FixScope } from "./types.js";

/** What rules found, in the order of files and places, without what comments silence. */
export function heedComments(model: Model, found: Iterable<Finding>): Heeded {
	const byFile = groupByFile(oncePerPlace(found));
	const commented = model.files.filter((file) => suppressionsIn(model, file).length > 0);
	const files = new Set([...byFile.keys(), ...commented, ...model.workspace.suppressions.keys()]);
	const heeded = [...files].map((file) => applySuppressions(file, byFile.get(file) ?? [], suppressionsIn(model, file), model.settings));
	return {
		findings: heeded.flatMap(({ findings }) => findings).sort(byPlace),
		suppressed: heeded.reduce((sum, { suppressed }) => sum + suppressed, 0),
	};
}

const GRAVITY: Readonly<Record<Severity, number>> = { error: 3, warning: 2, info: 1, hint: 0 };

/** Several transactions may share a body, several hooks a listener: of what a rule says of one place, the gravest counts, else the first. */
function oncePerPlace(findings: Iterable<Finding>): Iterable<Finding> {
	const kept = new Map<string, Finding>();
	for (const finding of findings) {
		const key = `${finding.rule}:${finding.file}:${finding.line}:${finding.column}`;
		const known = kept.get(key);
		if (!known || GRAVITY[finding.severity] > GRAVITY[known.severity]) kept.set(key, finding);
	}
	return kept.values();
}

/** Turns a rule's finding (offsets) into the one every view shows (lines and columns), as grave as the settings want it. */
export function toFinding(rule: Rule, finding: RuleFinding, { linker, settings }: FileModel): Finding {
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

export function groupByFile<T extends { readonly file: string }>(items: Iterable<T>): ReadonlyMap<string, readonly T[]> {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const group = groups.get(item.file);
		if (group) group.push(item);
		else groups.set(item.file, [item]);
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
