import { RULE_IDS, type Settings, suggestion } from "../../config/index.js";
import type { Finding, Severity, TextRange } from "../../protocol/index.js";
import type { RuleMeta } from "../rules/types.js";
import type { Suppression } from "./directives.js";
import { endsBlock, type Scope } from "./scopes.js";

/** Says of comments what rules say of code; it runs after them, on what they find. */
export const unusedSuppression: RuleMeta = {
	id: "unused-suppression",
	title: "A comment that suppresses nothing",
	finds: "A `prisma-leak-lens-disable` comment of a rule that finds nothing there, or of one that does not exist.",
	severity: "info",
};

/** The comments, or names in them, that silence nothing. Rules that are off find nothing and make no comment unused. */
export function unusedFindings(
	file: string,
	suppressions: readonly Suppression[],
	scopes: readonly Scope[],
	used: ReadonlySet<Scope>,
	{ rules }: Settings,
): readonly Finding[] {
	const level = rules[unusedSuppression.id] ?? unusedSuppression.severity;
	if (level === "off") return [];
	const isIdle = (scope: Scope): boolean => !used.has(scope) && !RULE_IDS.some((id) => id === scope.rule?.name && rules[id] === "off");
	return suppressions.flatMap((suppression): Finding[] => {
		if (suppression.form === "enable") {
			const ends = scopes.some((scope) => isEndOf(suppression, scope) && !isIdle(scope));
			return ends
				? []
				: [found(file, level, suppression.range, "Nothing is suppressed above that this comment could enable again. Remove it.")];
		}
		const own = scopes.filter((scope) => scope.suppression === suppression);
		const idle = own.filter(isIdle);
		if (idle.length === 0) return [];
		if (idle.length === own.length) return [found(file, level, suppression.range, idle.map(describe).join(" "))];
		return idle.flatMap((scope) => (scope.rule === null ? [] : [found(file, level, scope.rule.range, describe(scope))]));
	});
}

function isEndOf(suppression: Suppression, { suppression: { form }, rule, last }: Scope): boolean {
	return form === "disable" && last === suppression.line && endsBlock(suppression, rule);
}

function found(file: string, severity: Severity, range: TextRange, message: string): Finding {
	return { rule: unusedSuppression.id, severity, file, ...range, message, related: [], fixes: ["remove-suppression"] };
}

function describe({ suppression, rule, first }: Scope): string {
	if (rule !== null && !RULE_IDS.some((id) => id === rule.name)) {
		return `There is no rule "${rule.name}"${suggestion(rule.name, RULE_IDS)} A reason comes after --.`;
	}
	const where = whereOf(suppression, first);
	return rule === null ? `No rule finds anything ${where}. Remove the comment.` : `${rule.name} finds nothing ${where}. Remove it here.`;
}

function whereOf({ form }: Suppression, line: number): string {
	if (form === "disable-file") return "in this file";
	return form === "disable" ? "in these lines" : `on line ${line}`;
}
