import type { Expr, FunctionId } from "../facts/index.js";
import type { Linker } from "./linker.js";

const MAX_DEPTH = 12;

/** The name an expression goes by where it is declared. */
export function nameOf(linker: Linker, file: string, expression: Expr): string {
	if (expression.k === "member") return expression.name ?? "";
	if (expression.k === "global") return expression.name;
	if (expression.k !== "binding") return "";
	const binding = linker.facts(file)?.bindings[expression.id];
	return binding?.imported && binding.imported.name !== "default" && binding.imported.name !== "*"
		? binding.imported.name
		: (binding?.name ?? "");
}

/** Names for the thing an expression stands for: where two share one, they are the same thing. */
export function identitiesOf(linker: Linker, file: string, expression: Expr, at: FunctionId): readonly string[] {
	const local = localIdentity(linker, file, expression, at, 0);
	const outside = linker
		.values(file, expression, at)
		.flatMap((value) =>
			value.k === "external" && value.path.length > 0 ? [`${JSON.stringify(value.origin)}#${value.path.join(".")}`] : [],
		);
	return local === null ? outside : [local, ...outside];
}

function localIdentity(linker: Linker, file: string, expression: Expr, at: FunctionId, depth: number): string | null {
	if (depth > MAX_DEPTH) return null;
	switch (expression.k) {
		case "binding": {
			const binding = linker.facts(file)?.bindings[expression.id];
			const isAlias = binding?.kind === "const" && (binding.init?.k === "member" || binding.init?.k === "binding");
			if (isAlias && binding.init) return localIdentity(linker, file, binding.init, binding.owner, depth + 1);
			return `${file}:${expression.id}`;
		}
		case "member": {
			const of = localIdentity(linker, file, expression.of, at, depth + 1);
			return of === null || expression.name === null ? null : `${of}.${expression.name}`;
		}
		case "this":
			return `${file}:this:${thisClass(linker, file, at)}`;
		case "global":
			return `global:${expression.name}`;
		default:
			return null;
	}
}

/** The class whose instance `this` is in a function; null in a plain one. */
function thisClass(linker: Linker, file: string, at: FunctionId): number | null {
	const facts = linker.facts(file);
	for (let id: FunctionId | null = at; id !== null && facts; ) {
		const fact: (typeof facts.functions)[number] | undefined = facts.functions[id];
		if (!fact) return null;
		if (fact.classId !== null) return fact.classId;
		id = fact.parent;
	}
	return null;
}
