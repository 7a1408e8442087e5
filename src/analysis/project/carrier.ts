import type { FileFacts, FunctionId, Sink } from "../facts/index.js";

/** A class or function of a file through which a client is made, or an interval started, each time it is built or called. */
export interface Carrier {
	readonly file: string;
	readonly name: string;
	/** Client classes are spoken of wherever a client is injected: only those who build or extend one matter. */
	readonly isClientClass?: boolean;
}

/** The class a function belongs to, or the outermost function around it; none where it has no name. */
export function carrierAt(file: string, facts: FileFacts, at: FunctionId): Carrier[] {
	let name: string | null = null;
	for (let id: FunctionId | null = at; id !== null && id !== 0; ) {
		const fact: FileFacts["functions"][number] | undefined = facts.functions[id];
		if (!fact) break;
		const owner = fact.classId === null ? null : (facts.classes[fact.classId]?.name ?? null);
		name = owner ?? functionName(facts, id) ?? name;
		id = fact.parent;
	}
	return name === null ? [] : [{ file, name }];
}

/** Names of the file's own instances of the class whose method this is: `export const factory = new Factory()`. */
export function instancesAt(file: string, facts: FileFacts, at: FunctionId): Carrier[] {
	const fact = facts.functions[at];
	if (!fact || fact.classId === null || fact.isStatic) return [];
	return facts.news.flatMap(({ callee, sink }) => {
		const cls = callee.k === "binding" ? facts.bindings[callee.id]?.init : null;
		const name = sink.k === "variable" ? facts.bindings[sink.binding]?.name : undefined;
		return cls?.k === "class" && cls.id === fact.classId && name !== undefined ? [{ file, name }] : [];
	});
}

function functionName(facts: FileFacts, id: FunctionId): string | null {
	const fact = facts.functions[id];
	const holder = fact?.sink.k === "property" ? holderName(facts, fact.sink) : null;
	if (holder !== null) return holder;
	if (fact?.name) return fact.name;
	// `export default () => new PrismaClient()`, `module.exports = (app) => …`
	if (facts.exports.some(({ name, value }) => (name === "default" || name === "export=") && value?.k === "function" && value.id === id))
		return "default";
	return fact?.sink.k === "variable" ? (facts.bindings[fact.sink.binding]?.name ?? null) : null;
}

/** `export const db = { connect: () => new PrismaClient() }` is asked for by the object's name. */
function holderName(facts: FileFacts, sink: Sink): string | null {
	let step = sink;
	while (step.k === "property") step = step.outer;
	return step.k === "variable" ? (facts.bindings[step.binding]?.name ?? null) : null;
}
