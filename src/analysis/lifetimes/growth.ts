import type { ContextStep, Expr, FileFacts, FunctionId, Span } from "../facts/index.js";
import type { Linker } from "../summaries/linker.js";
import { type Collection, collectionAt } from "./collections.js";
import { somePart } from "./expressions.js";

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
		const collection = collectionAt(linker, file, callee.of, at);
		if (!collection || !fits(callee.name, collection, facts, first)) return [];
		return [{ file, span: call.span, function: at, context: call.context, collection, element: first }];
	});
	const byAssignment = facts.assignments.flatMap((fact): Growth[] => {
		const { target } = fact;
		if (fact.function !== at || target.k !== "member" || !target.index) return [];
		const collection = collectionAt(linker, file, target.of, at);
		if (collection?.kind !== "object" || !isUnbounded(facts, target.index)) return [];
		return [{ file, span: fact.span, function: at, context: fact.context, collection, element: target.index }];
	});
	return [...byCall, ...byAssignment];
}

function fits(method: string, collection: Collection, facts: FileFacts, element: Expr): boolean {
	if (LIST_METHODS.has(method)) return collection.kind === "array";
	if (method === "set") return collection.kind === "map" && isUnbounded(facts, element);
	return collection.kind === "set" && (element.k === "object" || isParameter(facts, element) || isUnbounded(facts, element));
}

/** Whether a key takes ever new values: query text, parameters, times, ids. */
function isUnbounded(facts: FileFacts, key: Expr): boolean {
	return somePart(facts, key, (part) => {
		if (part.k === "member") return part.name !== null && UNBOUNDED.test(part.name);
		return part.k === "binding" && isParameter(facts, part) && UNBOUNDED.test(facts.bindings[part.id]?.name ?? "");
	});
}

function isParameter(facts: FileFacts, expression: Expr): boolean {
	return expression.k === "binding" && facts.bindings[expression.id]?.kind === "parameter";
}
