import type { ClassFact, FileFacts, FunctionId } from "../facts/index.js";
import { returnedValues } from "./call-results.js";
import type { Linker } from "./linker.js";
import { NOTHING, union } from "./value-limits.js";
import { isEmpty, type Value } from "./values.js";

/** What `this` is in a function: the class in what is static, else an instance of it. */
export function thisValue(linker: Linker, file: string, at: FunctionId): readonly Value[] {
	const facts = linker.facts(file);
	for (let id: FunctionId | null = at; id !== null && facts; ) {
		const fact: FileFacts["functions"][number] | undefined = facts.functions[id];
		if (!fact) return NOTHING;
		if (fact.classId !== null) {
			const of: Value = { k: "class", file, id: fact.classId };
			return fact.isStatic ? [of] : [{ k: "instance", of, file, id: null }];
		}
		if (fact.kind !== "arrow") return NOTHING;
		id = fact.parent;
	}
	return NOTHING;
}

/** What a class, or an instance of it, has under a name: its own method or field, else what it inherits. */
export function classMember(linker: Linker, file: string, id: number, name: string, isStatic: boolean, depth: number): readonly Value[] {
	const cls = linker.facts(file)?.classes[id];
	if (!cls) return NOTHING;
	const method = cls.methods.find((candidate) => candidate.name === name && candidate.isStatic === isStatic);
	if (method) return methodValues(linker, file, method.function, depth);
	const own = fieldValues(linker, file, id, cls, name, isStatic, depth);
	if (own.length > 0 || !cls.superClass) return own;
	const bases = linker.values(file, cls.superClass, cls.owner, depth + 1);
	return union(bases.map((base) => linker.memberOf(isStatic ? base : { k: "instance", of: base, file, id: null }, name, depth + 1)));
}

function methodValues(linker: Linker, file: string, id: FunctionId, depth: number): readonly Value[] {
	const fact = linker.facts(file)?.functions[id];
	if (fact?.kind !== "getter") return [{ k: "function", file, id }];
	return returnedValues(linker, { k: "function", file, id }, depth);
}

function fieldValues(
	linker: Linker,
	file: string,
	classId: number,
	cls: ClassFact,
	name: string,
	isStatic: boolean,
	depth: number,
): readonly Value[] {
	const field = cls.fields.find((candidate) => candidate.name === name && candidate.isStatic === isStatic);
	const init = isStatic ? cls.staticInit : cls.instanceInit;
	const own = field?.init && !isEmpty(field.init) ? linker.values(file, field.init, init ?? cls.owner, depth + 1) : NOTHING;
	const later = linker
		.assignmentsTo(file, `member:${name}`)
		.filter(({ at }) => functionClass(linker, file, at) === classId)
		.map(({ value, at }) => linker.values(file, value, at, depth + 1));
	const known = union([own, ...later]);
	return known.length > 0 || !field?.type ? known : linker.typeValues(file, field.type, depth + 1);
}

/** The class whose `this` a function sees. */
export function functionClass(linker: Linker, file: string, at: FunctionId): number | null {
	return linker.facts(file)?.functions[at]?.classId ?? null;
}
