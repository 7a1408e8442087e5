import type { FileFacts, FunctionId } from "../facts/index.js";

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

function functionName(facts: FileFacts, id: FunctionId): string | null {
	const fact = facts.functions[id];
	if (fact?.name) return fact.name;
	// `export default () => new PrismaClient()`
	if (facts.exports.some(({ name, value }) => name === "default" && value?.k === "function" && value.id === id)) return "default";
	return fact?.sink.k === "variable" ? (facts.bindings[fact.sink.binding]?.name ?? null) : null;
}
