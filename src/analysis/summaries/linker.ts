import type { Binding, BindingId, Expr, FileFacts, FunctionId } from "../facts/index.js";
import { type Derivations, Table } from "../incremental/index.js";
import type { Resolver } from "../resolve/types.js";
import { callValues, newValues } from "./call-results.js";
import { classMember, thisValue } from "./class-members.js";
import { exportedValues, importValues, moduleValues, requiredValues } from "./module-values.js";
import { PerFacts } from "./per-facts.js";
import type { TrackedFacts } from "./tracked-facts.js";
import { MAX_DEPTH, NOTHING, truncated, union } from "./value-limits.js";
import { isEmpty, type Value } from "./values.js";

interface Assigned {
	readonly value: Expr;
	readonly at: FunctionId;
}

/** Follows names, members, calls and imports to what they stand for. Answers are kept until a file they rest on changes. */
export class Linker {
	/** By file. */
	private readonly bindings = new Map<string, Table<BindingId, readonly Value[]>>();
	private readonly assigned = new PerFacts(indexAssignments);

	constructor(
		private readonly source: TrackedFacts,
		readonly resolver: Resolver,
		/** Functions that the settings name as caching helpers. */
		readonly cachingHelpers: readonly string[] = [],
	) {}

	get derivations(): Derivations {
		return this.source.derivations;
	}

	facts(file: string): FileFacts | undefined {
		return this.source.facts(file);
	}

	/** Whether an expression is an imported class that extends nothing, so that nobody needs to look at it closer. */
	isPlainClass(file: string, expression: Expr): boolean {
		const imported = expression.k === "binding" ? this.facts(file)?.bindings[expression.id]?.imported : undefined;
		const target = imported ? this.resolver.resolve(file, imported.specifier) : undefined;
		return imported !== undefined && target?.kind === "file" && this.source.declaresPlainClass(target.path, imported.name);
	}

	/** What `expression`, standing in function `at` of `file`, may be. Unknown parts yield nothing. */
	values(file: string, expression: Expr, at: FunctionId, depth = 0): readonly Value[] {
		if (depth > MAX_DEPTH) return truncated(this);
		switch (expression.k) {
			case "binding":
				return this.bindingValues(file, expression.id, depth + 1);
			case "global":
				return [{ k: "global", path: [expression.name] }];
			case "this":
				return thisValue(this, file, at);
			case "function":
				return [{ k: "function", file, id: expression.id }];
			case "class":
				return [{ k: "class", file, id: expression.id }];
			case "module":
				return expression.form === "require"
					? requiredValues(this, file, expression.specifier, depth + 1)
					: moduleValues(this, file, expression.specifier);
			case "member":
				return this.memberValues(file, expression, at, depth);
			case "call":
				return callValues(this, file, expression.id, depth);
			case "new":
				return newValues(this, file, expression.id, depth);
			case "object":
				return [{ k: "object", file, at, expression }];
			case "either":
				return union(expression.items.map((item) => this.values(file, item, at, depth + 1)));
			case "assign":
				return this.values(file, expression.value, at, depth + 1);
			default:
				return NOTHING;
		}
	}

	private bindingValues(file: string, id: BindingId, depth: number): readonly Value[] {
		const binding = this.facts(file)?.bindings[id];
		if (!binding) return NOTHING;
		const follow = (): readonly Value[] => {
			this.source.read(file);
			return this.followBinding(file, id, binding, depth);
		};
		// A name that stands for itself (`x = x ?? y`) ends at its stand-in.
		return this.bindingsOf(file).get(id, follow, { value: NOTHING, isRoot: depth <= 1 });
	}

	private bindingsOf(file: string): Table<BindingId, readonly Value[]> {
		let table = this.bindings.get(file);
		if (table === undefined) {
			table = new Table(this.derivations);
			this.bindings.set(file, table);
		}
		return table;
	}

	private followBinding(file: string, id: BindingId, binding: Binding, depth: number): readonly Value[] {
		if (binding.imported) return importValues(this, file, binding.imported.specifier, binding.imported.name, depth);
		if (binding.parameter) return this.parameterValues(file, binding, depth);
		const own = binding.init && !isEmpty(binding.init) ? this.values(file, binding.init, binding.owner, depth) : NOTHING;
		if (binding.kind !== "let" && binding.kind !== "var") return own;
		const later = this.assignmentsTo(file, `binding:${id}`).map(({ value, at }) => this.values(file, value, at, depth + 1));
		return union([own, ...later]);
	}

	/** A parameter is an instance of its declared class, or its default. */
	private parameterValues(file: string, binding: Binding, depth: number): readonly Value[] {
		const fallback = binding.init ? this.values(file, binding.init, binding.owner, depth) : NOTHING;
		const typed = binding.parameter?.type ? this.typeValues(file, binding.parameter.type, depth) : NOTHING;
		return union([fallback, typed]);
	}

	/** Instances of the class a type names, if it is a class. */
	typeValues(file: string, type: string, depth = 0): readonly Value[] {
		const facts = this.facts(file);
		const [head, ...members] = type.split(".");
		const id = facts?.bindings.findIndex((binding) => binding.owner === 0 && binding.name === head) ?? -1;
		if (id < 0) return NOTHING;
		let values = this.bindingValues(file, id, depth + 1);
		for (const name of members) values = union(values.map((value) => this.memberOf(value, name, depth + 1)));
		return values.flatMap((value): Value[] =>
			value.k === "class" || value.k === "external" ? [{ k: "instance", of: value, file, id: null }] : [],
		);
	}

	private memberValues(file: string, expression: Expr & { k: "member" }, at: FunctionId, depth: number): readonly Value[] {
		const { name } = expression;
		if (name === null) return NOTHING;
		return union(this.values(file, expression.of, at, depth + 1).map((of) => this.memberOf(of, name, depth + 1)));
	}

	/** The member `name` of a value. */
	memberOf(value: Value, name: string, depth = 0): readonly Value[] {
		if (depth > MAX_DEPTH) return truncated(this);
		switch (value.k) {
			case "module":
				return exportedValues(this, value.file, name, depth + 1);
			case "external":
				// `import pkg from "@prisma/client"` and `(await import(…)).default` are the module itself.
				return [name === "default" ? value : { ...value, path: [...value.path, name] }];
			case "global":
				return [{ k: "global", path: [...value.path, name] }];
			case "object":
				return this.entryValues(value, name, depth);
			case "class":
				return classMember(this, value.file, value.id, name, true, depth);
			case "instance":
				return value.of.k === "class"
					? classMember(this, value.of.file, value.of.id, name, false, depth)
					: [{ k: "product", of: value, members: [name] }];
			case "product":
				return [{ ...value, members: [...value.members, name] }];
			case "function":
				return NOTHING;
		}
	}

	private entryValues(value: Value & { k: "object" }, name: string, depth: number): readonly Value[] {
		const entry = value.expression.entries.find((candidate) => candidate.key === name);
		if (entry) return this.values(value.file, entry.value, value.at, depth + 1);
		return union(
			value.expression.spreads.map((spread) =>
				union(this.values(value.file, spread, value.at, depth + 1).map((part) => this.memberOf(part, name, depth + 1))),
			),
		);
	}

	/** Values assigned to a binding (`binding:3`) or to a member of that name (`member:prisma`) anywhere in the file. */
	assignmentsTo(file: string, key: string): readonly Assigned[] {
		const facts = this.facts(file);
		return (facts && this.assigned.of(facts).get(key)) ?? [];
	}
}

function indexAssignments(facts: FileFacts): ReadonlyMap<string, readonly Assigned[]> {
	const index = new Map<string, Assigned[]>();
	for (const { target, value, function: at } of facts.assignments) {
		const key = target.k === "binding" ? `binding:${target.id}` : target.k === "member" ? `member:${target.name}` : null;
		if (key === null || isEmpty(value)) continue;
		const list = index.get(key);
		if (list) list.push({ value, at });
		else index.set(key, [{ value, at }]);
	}
	return index;
}
