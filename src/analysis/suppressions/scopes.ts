import type { RuleName, Suppression } from "./directives.js";

/** The lines in which a suppression silences one rule, or all of them. */
export interface Scope {
	readonly suppression: Suppression;
	/** Null: all rules. */
	readonly rule: RuleName | null;
	readonly first: number;
	readonly last: number;
}

/** @param suppressions of one file, in its order */
export function scopesOf(suppressions: readonly Suppression[]): readonly Scope[] {
	return suppressions.flatMap((suppression, index) => scopesOfOne(suppression, suppressions.slice(index + 1)));
}

/** @param later the suppressions below, one of which may end this one's block */
function scopesOfOne(suppression: Suppression, later: readonly Suppression[]): Scope[] {
	if (suppression.form === "enable") return [];
	const rules = suppression.rules.length === 0 ? [null] : suppression.rules;
	return rules.map((rule) => ({ suppression, rule, ...linesOf(suppression, rule, later) }));
}

function linesOf({ form, line }: Suppression, rule: RuleName | null, later: readonly Suppression[]): Pick<Scope, "first" | "last"> {
	if (form === "disable-file") return { first: 1, last: Number.POSITIVE_INFINITY };
	if (form !== "disable") return { first: line, last: line };
	return { first: line, last: later.find((below) => endsBlock(below, rule))?.line ?? Number.POSITIVE_INFINITY };
}

/** Whether a comment ends the block in which a rule (null: all rules) is silent. */
export function endsBlock({ form, rules }: Suppression, rule: RuleName | null): boolean {
	return form === "enable" && (rules.length === 0 || rules.some(({ name }) => name === rule?.name));
}
