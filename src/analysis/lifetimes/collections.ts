import type { BindingId, ClassId, Expr, FileFacts, FunctionId } from "../facts/index.js";
import type { Linker } from "../summaries/linker.js";
import { moduleValues } from "../summaries/module-values.js";
import { isEmpty } from "../summaries/values.js";

export type CollectionKind = "array" | "map" | "set" | "object";

/** Something that outlives the call in which it grows: a variable, a class's field, or an entry of an object. */
export interface Collection {
	readonly file: string;
	readonly kind: CollectionKind;
	/** Equal for every name of the same collection. */
	readonly key: string;
	readonly name: string;
	readonly owner: { readonly k: "variable"; readonly function: FunctionId } | { readonly k: "field"; readonly classId: ClassId };
}

const MAX_DEPTH = 6;

/** The collection an expression names; null for what is made anew, handed in, or no plain array, Map, Set or object. */
export function collectionAt(linker: Linker, file: string, expression: Expr, at: FunctionId, depth = 0): Collection | null {
	const facts = linker.facts(file);
	if (!facts || depth > MAX_DEPTH) return null;
	if (expression.k === "binding") return variable(linker, file, facts, expression.id, depth);
	if (expression.k !== "member" || expression.name === null) return null;
	const { name } = expression;
	for (const value of linker.values(file, expression.of, at)) {
		const cls = value.k === "instance" ? value.of : value;
		if (cls.k === "class") {
			const found = field(linker, cls.file, cls.id, name, value.k === "class");
			if (found) return found;
		}
		if (value.k === "object") {
			const entry = value.expression.entries.find((candidate) => candidate.key === name);
			const kind = entry && kindOf(linker, value.file, entry.value);
			if (kind)
				return {
					file: value.file,
					kind,
					key: `${value.file}@${value.expression.span.start}.${name}`,
					name,
					owner: { k: "variable", function: value.at },
				};
		}
		if (value.k === "module") {
			const found = exportedCollection(linker, value.file, name, depth + 1);
			if (found) return found;
		}
	}
	return null;
}

function variable(linker: Linker, file: string, facts: FileFacts, id: BindingId, depth: number): Collection | null {
	const binding = facts.bindings[id];
	if (!binding || binding.kind === "parameter") return null;
	if (binding.imported) {
		const { specifier, name } = binding.imported;
		for (const module of moduleValues(linker, file, specifier)) {
			const found = module.k === "module" ? exportedCollection(linker, module.file, name, depth + 1) : null;
			if (found) return found;
		}
		return null;
	}
	const first = firstValue(linker, file, binding.init, `binding:${id}`);
	// `const list = this.queries` is the collection under another name.
	if (first?.k === "member" || first?.k === "binding") return collectionAt(linker, file, first, binding.owner, depth + 1);
	const kind = first && kindOf(linker, file, first);
	return kind ? { file, kind, key: `${file}:${id}`, name: binding.name, owner: { k: "variable", function: binding.owner } } : null;
}

function exportedCollection(linker: Linker, file: string, name: string, depth: number): Collection | null {
	for (const fact of linker.facts(file)?.exports ?? []) {
		if (fact.name !== name || !fact.value) continue;
		const found = collectionAt(linker, file, fact.value, 0, depth);
		if (found) return found;
	}
	return null;
}

function field(linker: Linker, file: string, classId: ClassId, name: string, isStatic: boolean): Collection | null {
	const fact = linker.facts(file)?.classes[classId]?.fields.find((candidate) => candidate.name === name && candidate.isStatic === isStatic);
	const first = firstValue(linker, file, fact?.init ?? null, `member:${name}`);
	const kind = first && kindOf(linker, file, first);
	return kind ? { file, kind, key: `${file}#${classId}.${name}`, name, owner: { k: "field", classId } } : null;
}

/** What it is declared as, or what it is first filled with: `private history; constructor() { this.history = [] }`. */
function firstValue(linker: Linker, file: string, init: Expr | null, key: string): Expr | null {
	if (init && !isEmpty(init)) return init;
	return linker.assignmentsTo(file, key)[0]?.value ?? null;
}

function kindOf(linker: Linker, file: string, init: Expr): CollectionKind | null {
	const facts = linker.facts(file);
	switch (init.k) {
		case "array":
			return "array";
		case "object":
			return "object";
		case "new": {
			const callee = facts?.news[init.id]?.callee;
			if (callee?.k !== "global") return null;
			return callee.name === "Map" ? "map" : callee.name === "Set" ? "set" : callee.name === "Array" ? "array" : null;
		}
		case "call": {
			const callee = facts?.calls[init.id]?.callee;
			return callee?.k === "member" && callee.name === "create" && callee.of.k === "global" && callee.of.name === "Object"
				? "object"
				: null;
		}
		case "either":
			return init.items.map((item) => kindOf(linker, file, item)).find((kind) => kind !== null) ?? null;
		case "assign":
			return kindOf(linker, file, init.value);
		default:
			return null;
	}
}
