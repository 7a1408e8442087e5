import type { FactsBuilder } from "./builder.js";
import type { AssignmentFact, Expr } from "./types.js";

/** Adds the exports that CommonJS assigns: `module.exports = x`, `module.exports.a = x`, `exports.a = x`. */
export function addCommonJsExports(facts: FactsBuilder): void {
	for (const assignment of facts.assignments) {
		const name = exportedAs(assignment.target);
		if (name !== null) facts.exports.push({ name, value: assignedValue(assignment), span: assignment.span });
	}
}

function exportedAs(target: Expr): string | null {
	if (target.k !== "member") return null;
	if (isModuleExports(target)) return "export=";
	const isExports = (target.of.k === "global" && target.of.name === "exports") || isModuleExports(target.of);
	return isExports ? target.name : null;
}

function isModuleExports(expression: Expr): boolean {
	return expression.k === "member" && expression.name === "exports" && expression.of.k === "global" && expression.of.name === "module";
}

/** `module.exports = exports = x` exports x. */
function assignedValue(assignment: AssignmentFact): Expr {
	let value = assignment.value;
	while (value.k === "assign") value = value.value;
	return value;
}
