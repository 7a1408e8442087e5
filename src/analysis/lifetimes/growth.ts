import type { AssignmentFact, ContextStep, Expr, FileFacts, FunctionId, Span } from "../facts/index.js";
import type { Linker } from "../summaries/linker.js";
import { nameIndex } from "../summaries/name-index.js";
import { type Collection, collectionAt } from "./collections.js";
import { isSame } from "./expressions.js";

/** A statement that makes a collection larger. */
export interface Growth {
	readonly file: string;
	/** The growing call or assignment. */
	readonly span: Span;
	readonly function: FunctionId;
	readonly context: readonly ContextStep[];
	readonly collection: Collection;
	/** What is put in: the pushed value, or a Map's or object's key. */
	readonly element: Expr;
}

const LIST_METHODS = new Set(["push", "unshift", "concat"]);
/** Members of an event or of query parameters that take ever new values; models and operations do not. */
const UNBOUNDED =
	/^(query|sql|statement|text|params|args|where|data|timestamp|duration|stack|id|now|randomUUID|uuid|nanoid|stringify|toISOString)$/i;

/** The statements of one function, without those of functions inside it, that make a collection larger. */
export function growthsIn(linker: Linker, file: string, facts: FileFacts, at: FunctionId): Growth[] {
	const byCall = facts.calls.flatMap((call): Growth[] => {
		const { callee, args } = call;
		const [first] = args;
		if (call.function !== at || callee.k !== "member" || callee.name === null || !first) return [];
		if (!LIST_METHODS.has(callee.name) && callee.name !== "set" && callee.name !== "add") return [];
		const isListMethod = LIST_METHODS.has(callee.name);
		const holder = isListMethod ? holderOf(linker, file, facts, callee.of, at) : null;
		const collection = holder ?? collectionAt(linker, file, callee.of, at);
		if (!collection || !(holder || fits(callee.name, collection, facts, first))) return [];
		return [{ file, span: call.span, function: at, context: call.context, collection, element: first }];
	});
	const byAssignment = facts.assignments.flatMap((fact): Growth[] => {
		const { target } = fact;
		if (fact.function !== at) return [];
		const place = { file, span: fact.span, function: at, context: fact.context };
		const added = addedToArray(fact);
		if (added) {
			const collection = collectionAt(linker, file, added.list, at);
			return collection?.kind === "array" ? [{ ...place, collection, element: added.element }] : [];
		}
		if (target.k !== "member" || !target.index) return [];
		const collection = collectionAt(linker, file, target.of, at);
		if (collection?.kind !== "object" || !isUnbounded(facts, target.index)) return [];
		return [{ ...place, collection, element: target.index }];
	});
	return [...byCall, ...byAssignment];
}

/** `list = [...list, element]`, `list[list.length] = element`; null for every other assignment. */
export function addedToArray({ target, op, value }: AssignmentFact): { readonly list: Expr; readonly element: Expr } | null {
	if (op === "=" && value.k === "array" && value.spreads?.some((spread) => isSame(spread, target))) {
		const element = value.items.find((item) => item.k !== "unknown");
		return element ? { list: target, element } : null;
	}
	const index = target.k === "member" ? target.index : undefined;
	const isAtEnd = target.k === "member" && index?.k === "member" && index.name === "length" && isSame(index.of, target.of);
	return isAtEnd ? { list: target.of, element: value } : null;
}

function fits(method: string, collection: Collection, facts: FileFacts, element: Expr): boolean {
	if (LIST_METHODS.has(method)) return collection.kind === "array";
	if (method === "set") return collection.kind === "map" && isUnbounded(facts, element);
	return collection.kind === "set" && (element.k === "object" || isParameter(facts, element) || isUnbounded(facts, element));
}

/**
 * `timings[model].push(ms)`, `timings.get(model).push(ms)`: the object or Map that holds the growing list. Null where the file shortens
 * any list at all, since lists under a key have no names to tell them apart by.
 */
function holderOf(linker: Linker, file: string, facts: FileFacts, list: Expr, at: FunctionId, depth = 0): Collection | null {
	if (depth > MAX_DEPTH || shortensLists(facts)) return null;
	const inside = (expression: Expr): Collection | null => holderOf(linker, file, facts, expression, at, depth + 1);
	switch (list.k) {
		case "member":
			return list.index ? ofKind(collectionAt(linker, file, list.of, at), "object") : null;
		case "call": {
			const callee = facts.calls[list.id]?.callee;
			return callee?.k === "member" && callee.name === "get" ? ofKind(collectionAt(linker, file, callee.of, at), "map") : null;
		}
		case "either":
			return list.items.map(inside).find((found) => found !== null) ?? null;
		case "assign":
			return inside(list.target);
		case "binding": {
			const binding = facts.bindings[list.id];
			return binding?.init && binding.owner === at ? inside(binding.init) : null;
		}
		default:
			return null;
	}
}

function ofKind(collection: Collection | null, kind: Collection["kind"]): Collection | null {
	return collection?.kind === kind ? collection : null;
}

const SHORTENS = ["shift", "splice", "slice", "pop"];

function shortensLists(facts: FileFacts): boolean {
	return (
		SHORTENS.some((name) => nameIndex(facts).calls.has(name)) ||
		facts.assignments.some(({ target }) => target.k === "member" && target.name === "length")
	);
}

const MAX_DEPTH = 8;

/** Whether a key takes ever new values: query text, parameters, times, ids. `params.model` does not, though `params` does. */
function isUnbounded(facts: FileFacts, key: Expr, depth = 0): boolean {
	if (depth > MAX_DEPTH) return false;
	const some = (parts: readonly Expr[]): boolean => parts.some((part) => isUnbounded(facts, part, depth + 1));
	switch (key.k) {
		case "member":
			return key.name !== null && UNBOUNDED.test(key.name);
		case "global":
			return UNBOUNDED.test(key.name);
		case "binding": {
			const binding = facts.bindings[key.id];
			if (binding?.kind === "const" && binding.init) return some([binding.init]);
			return binding?.kind === "parameter" && UNBOUNDED.test(binding.name);
		}
		case "call": {
			const call = facts.calls[key.id];
			if (!call) return false;
			const { callee } = call;
			return some(call.args) || some(callee.k === "member" ? [callee, callee.of] : [callee]);
		}
		case "template":
			return some(key.values);
		case "binary":
			return some([key.left, key.right]);
		case "either":
		case "array":
			return some(key.items);
		case "object":
			return some(key.entries.map((entry) => entry.value));
		default:
			return false;
	}
}

function isParameter(facts: FileFacts, expression: Expr): boolean {
	return expression.k === "binding" && facts.bindings[expression.id]?.kind === "parameter";
}
