import type { FileFacts, FunctionId } from "../facts/index.js";
import type { Linker } from "./linker.js";
import type { Value } from "./values.js";

/** An argument of a constructor, and the field that it is kept in. */
export interface KeptArgument {
	readonly field: string;
	readonly index: number;
}

/** Which arguments of its `new` an instance keeps as they are: `constructor(private db)`, `this.db = db`. */
export function keptArguments(linker: Linker, { of }: Value & { readonly k: "instance" }): readonly KeptArgument[] {
	const facts = of.k === "class" ? linker.facts(of.file) : undefined;
	const cls = of.k === "class" ? facts?.classes[of.id] : undefined;
	const constructorId = cls?.methods.find(({ name }) => name === "constructor")?.function;
	if (!facts || !cls || constructorId === undefined) return [];
	const parameters = new Map((facts.functions[constructorId]?.params ?? []).map((binding, index) => [binding, index]));
	const declared = cls.fields.flatMap(({ name, init }) => kept(name, init?.k === "binding" ? parameters.get(init.id) : undefined));
	return [...declared, ...assignedIn(facts, constructorId, parameters)];
}

function assignedIn(facts: FileFacts, at: FunctionId, parameters: ReadonlyMap<number, number>): KeptArgument[] {
	return facts.assignments.flatMap(({ target, value, function: where }) => {
		if (where !== at || target.k !== "member" || target.of.k !== "this" || target.name === null || value.k !== "binding") return [];
		return kept(target.name, parameters.get(value.id));
	});
}

function kept(field: string, index: number | undefined): KeptArgument[] {
	return index === undefined ? [] : [{ field, index }];
}
