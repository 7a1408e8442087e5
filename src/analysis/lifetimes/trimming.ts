import type { AssignmentFact, CallFact, ContextStep, Expr, FileFacts } from "../facts/index.js";
import type { Linker } from "../summaries/linker.js";
import type { Places } from "../summaries/places.js";
import { isEmpty } from "../summaries/values.js";
import { type Collection, collectionAt } from "./collections.js";
import { somePart } from "./expressions.js";
import { addedToArray } from "./growth.js";

const TRIM_METHODS = new Set(["shift", "pop", "splice", "clear", "delete", "copyWithin"]);

/** Whether something anywhere keeps a collection small, or empties or replaces it. */
export function isTrimmed(linker: Linker, places: Places, collection: Collection): boolean {
	const mentions = (["touched", "handedOver", "aliases"] as const).flatMap((mention) => places.files(mention, collection.name));
	return [...new Set([collection.file, ...mentions])].some((file) => {
		const facts = linker.facts(file);
		return facts !== undefined && trimsIn(linker, file, facts, collection);
	});
}

function trimsIn(linker: Linker, file: string, facts: FileFacts, collection: Collection): boolean {
	const names = (expression: Expr, at: number): boolean => {
		if (file !== collection.file && !endsIn(facts, expression, collection.name)) return false;
		return collectionAt(linker, file, expression, at)?.key === collection.key;
	};
	return (
		facts.calls.some((call) => trimsByCall(linker, file, call, names)) ||
		facts.assignments.some((fact) => trimsByAssignment(facts, fact, names))
	);
}

type Names = (expression: Expr, at: number) => boolean;

function trimsByCall(linker: Linker, file: string, call: CallFact, names: Names): boolean {
	const { callee } = call;
	if (callee.k === "member" && callee.name !== null && TRIM_METHODS.has(callee.name)) return names(callee.of, call.function);
	// `trim(this.history)`: a helper that trims what it is given.
	return call.args.some((argument, index) => {
		if ((argument.k !== "member" && argument.k !== "binding") || !names(argument, call.function)) return false;
		return linker.values(file, callee, call.function).some((value) => {
			const facts = value.k === "function" ? linker.facts(value.file) : undefined;
			const parameter = value.k === "function" ? facts?.functions[value.id]?.params[index] : undefined;
			return facts !== undefined && parameter !== undefined && trimsParameter(facts, parameter);
		});
	});
}

function trimsParameter(facts: FileFacts, parameter: number): boolean {
	const isIt = (expression: Expr): boolean => expression.k === "binding" && expression.id === parameter;
	return (
		facts.calls.some(({ callee }) => callee.k === "member" && callee.name !== null && TRIM_METHODS.has(callee.name) && isIt(callee.of)) ||
		facts.assignments.some(({ target }) => target.k === "member" && target.name === "length" && isIt(target.of))
	);
}

/** `list.length = 0`, `list = list.slice(-100)`, `delete byText[key]`, `ring[next % size] = event`; a constructor's first filling is none. */
function trimsByAssignment(facts: FileFacts, fact: AssignmentFact, names: Names): boolean {
	const { target, value } = fact;
	if (target.k === "member") {
		if (target.name === "length" || (isEmpty(value) && target.name === null)) return names(target.of, fact.function);
		if (target.index?.k === "binary" && target.index.op === "%") return names(target.of, fact.function);
	}
	const kind = facts.functions[fact.function]?.kind;
	if (kind === "constructor" || kind === "field" || fact.op !== "=" || isGrowth(facts, fact)) return false;
	return (target.k === "member" || target.k === "binding") && names(target, fact.function);
}

/** `history = history.concat(event)`, `history = [...history, event]`. */
function isGrowth(facts: FileFacts, fact: AssignmentFact): boolean {
	const callee = fact.value.k === "call" ? facts.calls[fact.value.id]?.callee : undefined;
	return (callee?.k === "member" && callee.name === "concat") || addedToArray(fact) !== null;
}

/** Whether a place runs only below a size: `if (list.length < 100) list.push(event)`. */
export function isBelowSize(facts: FileFacts, context: readonly ContextStep[]): boolean {
	return context.some(
		(step) =>
			step.k === "branch" &&
			somePart(
				facts,
				step.condition,
				(part) => part.k === "member" && (part.name === "length" || part.name === "size") && isSizeOf(part.of),
			),
	);
}

function isSizeOf(of: Expr): boolean {
	return of.k === "member" || of.k === "binding";
}

function endsIn(facts: FileFacts, expression: Expr, name: string): boolean {
	return (
		(expression.k === "member" && expression.name === name) ||
		(expression.k === "binding" && (facts.bindings[expression.id]?.name === name || facts.bindings[expression.id]?.imported?.name === name))
	);
}
