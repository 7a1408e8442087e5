import type { Binding, BindingId, CallFact, ClassFact, Expr, FileFacts, FunctionId } from "../facts/index.js";
import { type Derivations, Table } from "../incremental/index.js";
import type { Resolver } from "../resolve/types.js";
import { isClientFunction } from "./client-functions.js";
import { putsInto } from "./collection-puts.js";
import { PerFacts } from "./per-facts.js";
import { proxiedClient } from "./proxied-client.js";
import type { TrackedFacts } from "./tracked-facts.js";
import type { Value } from "./values.js";

interface Assigned {
	readonly value: Expr;
	readonly at: FunctionId;
}

const MAX_DEPTH = 24;
const MAX_VALUES = 8;
const NOTHING: readonly Value[] = [];

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
		if (depth > MAX_DEPTH) return this.truncated();
		switch (expression.k) {
			case "binding":
				return this.bindingValues(file, expression.id, depth + 1);
			case "global":
				return [{ k: "global", path: [expression.name] }];
			case "this":
				return this.thisValue(file, at);
			case "function":
				return [{ k: "function", file, id: expression.id }];
			case "class":
				return [{ k: "class", file, id: expression.id }];
			case "module":
				return expression.form === "require"
					? this.required(file, expression.specifier, depth + 1)
					: this.moduleValues(file, expression.specifier);
			case "member":
				return this.memberValues(file, expression, at, depth);
			case "call":
				return this.callValues(file, expression.id, depth);
			case "new":
				return this.newValues(file, expression.id, depth);
			case "object":
				return [{ k: "object", file, at, expression }];
			case "either":
				return this.union(expression.items.map((item) => this.values(file, item, at, depth + 1)));
			case "assign":
				return this.values(file, expression.value, at, depth + 1);
			default:
				return NOTHING;
		}
	}

	private union(parts: readonly (readonly Value[])[]): readonly Value[] {
		return parts.flat().slice(0, MAX_VALUES);
	}

	private truncated(): readonly Value[] {
		this.derivations.truncated();
		return NOTHING;
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
		if (binding.imported) return this.importValues(file, binding.imported.specifier, binding.imported.name, depth);
		if (binding.parameter) return this.parameterValues(file, binding, depth);
		const own = binding.init && !isEmpty(binding.init) ? this.values(file, binding.init, binding.owner, depth) : NOTHING;
		if (binding.kind !== "let" && binding.kind !== "var") return own;
		const later = this.assignmentsTo(file, `binding:${id}`).map(({ value, at }) => this.values(file, value, at, depth + 1));
		return this.union([own, ...later]);
	}

	/** A parameter is an instance of its declared class, or its default. */
	private parameterValues(file: string, binding: Binding, depth: number): readonly Value[] {
		const fallback = binding.init ? this.values(file, binding.init, binding.owner, depth) : NOTHING;
		const typed = binding.parameter?.type ? this.typeValues(file, binding.parameter.type, depth) : NOTHING;
		return this.union([fallback, typed]);
	}

	/** Instances of the class a type names, if it is a class. */
	typeValues(file: string, type: string, depth = 0): readonly Value[] {
		const facts = this.facts(file);
		const [head, ...members] = type.split(".");
		const id = facts?.bindings.findIndex((binding) => binding.owner === 0 && binding.name === head) ?? -1;
		if (id < 0) return NOTHING;
		let values = this.bindingValues(file, id, depth + 1);
		for (const name of members) values = this.union(values.map((value) => this.memberOf(value, name, depth + 1)));
		return values.flatMap((value): Value[] =>
			value.k === "class" || value.k === "external" ? [{ k: "instance", of: value, file, id: null }] : [],
		);
	}

	private thisValue(file: string, at: FunctionId): readonly Value[] {
		const facts = this.facts(file);
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

	moduleValues(file: string, specifier: string): readonly Value[] {
		const resolution = this.resolver.resolve(file, specifier);
		switch (resolution.kind) {
			case "file":
				return [{ k: "module", file: resolution.path }];
			case "package":
				return [{ k: "external", origin: { k: "package", name: resolution.name, subpath: resolution.subpath }, path: [] }];
			case "generated":
				return [{ k: "external", origin: { k: "generated", output: resolution.generator.output ?? "@prisma/client" }, path: [] }];
			case "unresolved":
				return [{ k: "external", origin: { k: "unresolved", specifier }, path: [] }];
		}
	}

	private importValues(file: string, specifier: string, name: string, depth: number): readonly Value[] {
		if (name === "*") return this.required(file, specifier, depth);
		return this.union(this.moduleValues(file, specifier).map((module) => this.memberOf(module, name, depth + 1)));
	}

	/** What `require` yields: the one value that a module exports as a whole, be it a client or a function, else its namespace. */
	private required(file: string, specifier: string, depth: number): readonly Value[] {
		return this.union(
			this.moduleValues(file, specifier).map((module) => {
				const exports = module.k === "module" ? (this.facts(module.file)?.exports ?? []) : [];
				if (module.k !== "module" || exports.length === 0 || exports.some(({ name }) => name !== "export=")) return [module];
				const whole = this.exported(module.file, "export=", depth + 1);
				return whole.length === 0 || whole.some(({ k }) => k === "object") ? [module] : whole;
			}),
		);
	}

	private memberValues(file: string, expression: Expr & { k: "member" }, at: FunctionId, depth: number): readonly Value[] {
		const { name } = expression;
		if (name === null) return NOTHING;
		return this.union(this.values(file, expression.of, at, depth + 1).map((of) => this.memberOf(of, name, depth + 1)));
	}

	/** The member `name` of a value. */
	memberOf(value: Value, name: string, depth = 0): readonly Value[] {
		if (depth > MAX_DEPTH) return this.truncated();
		switch (value.k) {
			case "module":
				return this.exported(value.file, name, depth + 1);
			case "external":
				// `import pkg from "@prisma/client"` and `(await import(…)).default` are the module itself.
				return [name === "default" ? value : { ...value, path: [...value.path, name] }];
			case "global":
				return [{ k: "global", path: [...value.path, name] }];
			case "object":
				return this.entryValues(value, name, depth);
			case "class":
				return this.classMember(value.file, value.id, name, true, depth);
			case "instance":
				return value.of.k === "class"
					? this.classMember(value.of.file, value.of.id, name, false, depth)
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
		return this.union(
			value.expression.spreads.map((spread) =>
				this.union(this.values(value.file, spread, value.at, depth + 1).map((part) => this.memberOf(part, name, depth + 1))),
			),
		);
	}

	private classMember(file: string, id: number, name: string, isStatic: boolean, depth: number): readonly Value[] {
		const cls = this.facts(file)?.classes[id];
		if (!cls) return NOTHING;
		const method = cls.methods.find((candidate) => candidate.name === name && candidate.isStatic === isStatic);
		if (method) return this.methodValues(file, method.function, depth);
		const own = this.fieldValues(file, id, cls, name, isStatic, depth);
		if (own.length > 0 || !cls.superClass) return own;
		const bases = this.values(file, cls.superClass, cls.owner, depth + 1);
		return this.union(bases.map((base) => this.memberOf(isStatic ? base : { k: "instance", of: base, file, id: null }, name, depth + 1)));
	}

	private methodValues(file: string, id: FunctionId, depth: number): readonly Value[] {
		const fact = this.facts(file)?.functions[id];
		if (fact?.kind !== "getter") return [{ k: "function", file, id }];
		return this.returned({ k: "function", file, id }, depth);
	}

	private fieldValues(file: string, classId: number, cls: ClassFact, name: string, isStatic: boolean, depth: number): readonly Value[] {
		const field = cls.fields.find((candidate) => candidate.name === name && candidate.isStatic === isStatic);
		const init = isStatic ? cls.staticInit : cls.instanceInit;
		const own = field?.init && !isEmpty(field.init) ? this.values(file, field.init, init ?? cls.owner, depth + 1) : NOTHING;
		const later = this.assignmentsTo(file, `member:${name}`)
			.filter(({ at }) => this.functionClass(file, at) === classId)
			.map(({ value, at }) => this.values(file, value, at, depth + 1));
		const known = this.union([own, ...later]);
		return known.length > 0 || !field?.type ? known : this.typeValues(file, field.type, depth + 1);
	}

	/** The class whose `this` a function sees. */
	functionClass(file: string, at: FunctionId): number | null {
		return this.facts(file)?.functions[at]?.classId ?? null;
	}

	/** Values assigned to a binding (`binding:3`) or to a member of that name (`member:prisma`) anywhere in the file. */
	assignmentsTo(file: string, key: string): readonly Assigned[] {
		const facts = this.facts(file);
		return (facts && this.assigned.of(facts).get(key)) ?? [];
	}

	/** What a workspace file exports under a name, through re-exports and CommonJS. */
	exported(file: string, name: string, depth = 0): readonly Value[] {
		const facts = this.facts(file);
		if (!facts) return NOTHING;
		if (depth > MAX_DEPTH) return this.truncated();
		const direct = facts.exports.filter((fact) => fact.name === name);
		if (direct.length > 0) {
			return this.union(
				direct.map((fact) => {
					if (fact.from) return this.importValues(file, fact.from.specifier, fact.from.name, depth + 1);
					return fact.value ? this.values(file, fact.value, 0, depth + 1) : NOTHING;
				}),
			);
		}
		const whole = facts.exports.filter((fact) => fact.name === "export=" && fact.value);
		if (whole.length > 0) {
			const values = this.union(whole.map((fact) => (fact.value ? this.values(file, fact.value, 0, depth + 1) : NOTHING)));
			return name === "default" ? values : this.union(values.map((value) => this.memberOf(value, name, depth + 1)));
		}
		if (name === "default") return facts.usesEsm ? NOTHING : [{ k: "module", file }];
		const stars = facts.exports.filter((fact) => fact.name === "*" && fact.from);
		const found = this.union(stars.map((fact) => (fact.from ? this.importValues(file, fact.from.specifier, name, depth + 1) : NOTHING)));
		// A name that a workspace file really exports wins over one an outside module might.
		const certain = found.filter((value) => value.k !== "external");
		return certain.length > 0 ? certain : found;
	}

	private callValues(file: string, id: number, depth: number): readonly Value[] {
		const call = this.facts(file)?.calls[id];
		if (!call) return NOTHING;
		// An extended client is the client; asking for the method as well would double the work with each link of a chain.
		if (call.callee.k === "member" && call.callee.name === "$extends") return this.values(file, call.callee.of, call.function, depth + 1);
		const callees = this.values(file, call.callee, call.function, depth + 1);
		const kept = this.keptIn(file, call, depth + 1);
		if (kept.length > 0) return kept;
		return this.union(
			callees.map((callee) =>
				isClientFunction(callee)
					? [{ k: "instance", of: callee, file, id: null, call: id }]
					: this.product(callee, file, call.args, call.function, depth + 1),
			),
		);
	}

	/** `cache.get(id)`: what this file puts in. */
	private keptIn(file: string, call: CallFact, depth: number): readonly Value[] {
		const facts = this.facts(file);
		return facts ? this.union(putsInto(facts, call).map(({ value, at }) => this.values(file, value, at, depth + 1))) : NOTHING;
	}

	private product(callee: Value, file: string, args: readonly Expr[], at: FunctionId, depth: number): readonly Value[] {
		if (callee.k === "function") {
			const returned = this.returned(callee, depth);
			const isKnown = returned.some((value) => value.k !== "global" && value.k !== "product");
			return isKnown ? returned : [...returned, ...this.returnedByArguments(file, args, at, depth)];
		}
		if (callee.k === "external" || callee.k === "global" || callee.k === "product") return [{ k: "product", of: callee, members: [] }];
		return NOTHING;
	}

	/** A helper that returns what its callback makes: `singleton("db", () => new PrismaClient())`. */
	private returnedByArguments(file: string, args: readonly Expr[], at: FunctionId, depth: number): readonly Value[] {
		const functions = args.flatMap((argument) =>
			argument.k === "function" || argument.k === "binding" ? this.values(file, argument, at, depth + 1) : [],
		);
		return this.union(functions.map((value) => (value.k === "function" ? this.returned(value, depth + 1) : NOTHING)));
	}

	private returned(value: Value & { k: "function" }, depth: number): readonly Value[] {
		const fact = this.facts(value.file)?.functions[value.id];
		if (!fact) return NOTHING;
		if (depth > MAX_DEPTH) return this.truncated();
		return this.union(fact.returns.map((expression) => this.values(value.file, expression, value.id, depth + 1)));
	}

	private newValues(file: string, id: number, depth: number): readonly Value[] {
		const fact = this.facts(file)?.news[id];
		if (!fact) return NOTHING;
		if (fact.callee.k === "global" && fact.callee.name === "Proxy") return proxiedClient(this, file, depth);
		return this.values(file, fact.callee, fact.function, depth + 1).map((of): Value => ({ k: "instance", of, file, id }));
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

/** `let x = null`, `= undefined`: no value yet. */
export function isEmpty(expression: Expr): boolean {
	return (expression.k === "literal" && expression.value === null) || (expression.k === "global" && expression.name === "undefined");
}
