import type { Expr, FileFacts, FunctionId } from "../facts/index.js";

/** Places of one file by the last name they speak of: candidates to be checked by the linker, so that nobody has to resolve every call. */
export interface NameIndex {
	/** Indices of calls whose callee ends in the name. */
	readonly calls: ReadonlyMap<string, readonly number[]>;
	readonly news: ReadonlyMap<string, readonly number[]>;
	/** Indices of calls that hand a value of that name over as an argument. */
	readonly handedOver: ReadonlyMap<string, readonly number[]>;
	/** Indices of calls of methods on what goes by the name, and of assignments to it or to one of its members, in no order. */
	readonly touched: ReadonlyMap<string, readonly number[]>;
	/** Other names a name goes by in this file: renamed imports and exports, aliases. */
	readonly aliases: ReadonlyMap<string, readonly string[]>;
	/** Names under which whole modules are imported (`import x from`, `const x = require()`), with their specifiers. */
	readonly wholeImports: readonly { readonly name: string; readonly specifier: string }[];
	/** Indices of classes by the last name of what they extend. */
	readonly extending: ReadonlyMap<string, readonly number[]>;
	/** Calls of functions where they stand, by the function: `(() => new PrismaClient())()`. */
	readonly immediate: ReadonlyMap<FunctionId, number>;
}

const INDICES = new WeakMap<FileFacts, NameIndex>();

/** The index of a file's facts; made once for each. */
export function nameIndex(facts: FileFacts): NameIndex {
	let index = INDICES.get(facts);
	if (!index) {
		index = build(facts);
		INDICES.set(facts, index);
	}
	return index;
}

function build(facts: FileFacts): NameIndex {
	const calls = new Map<string, number[]>();
	const news = new Map<string, number[]>();
	const handedOver = new Map<string, number[]>();
	const extending = new Map<string, number[]>();
	const touched = new Map<string, number[]>();
	const immediate = new Map<FunctionId, number>();
	facts.calls.forEach((call, id) => {
		if (call.callee.k === "function") immediate.set(call.callee.id, id);
		// `require("./routes")(app)` calls it by no other name.
		if (call.callee.k === "module") append(calls, call.callee.specifier, id);
		append(calls, lastName(facts, call.callee), id);
		if (call.callee.k === "member") append(touched, lastName(facts, call.callee.of), id);
		for (const argument of call.args) addArgument(facts, handedOver, argument, id);
	});
	facts.news.forEach((fact, id) => {
		append(news, lastName(facts, fact.callee), id);
	});
	facts.classes.forEach((fact, id) => {
		if (fact.superClass) append(extending, lastName(facts, fact.superClass), id);
	});
	facts.assignments.forEach(({ target }, id) => {
		append(touched, lastName(facts, target), id);
		if (target.k === "member") append(touched, lastName(facts, target.of), id);
	});
	return { calls, news, handedOver, extending, touched, immediate, ...otherNames(facts) };
}

function addArgument(facts: FileFacts, handedOver: Map<string, number[]>, bound: Expr, call: number): void {
	const argument = withoutBind(facts, bound);
	if (argument.k === "object") for (const entry of argument.entries) addArgument(facts, handedOver, entry.value, call);
	else if (argument.k === "array") for (const item of argument.items) addArgument(facts, handedOver, item, call);
	else if (argument.k === "binding" || argument.k === "member") append(handedOver, lastName(facts, argument), call);
}

/** `manager.close.bind(manager)` is `manager.close`. */
export function withoutBind(facts: FileFacts, expression: Expr): Expr {
	const callee = expression.k === "call" ? facts.calls[expression.id]?.callee : undefined;
	return callee?.k === "member" && callee.name === "bind" ? callee.of : expression;
}

function otherNames(facts: FileFacts): Pick<NameIndex, "aliases" | "wholeImports"> {
	const aliases = new Map<string, string[]>();
	const wholeImports: { name: string; specifier: string }[] = [];
	for (const binding of facts.bindings) {
		if (binding.imported) {
			if (binding.imported.name === "default" || binding.imported.name === "*")
				wholeImports.push({ name: binding.name, specifier: binding.imported.specifier });
			else if (binding.imported.name !== binding.name) append(aliases, binding.imported.name, binding.name);
		} else if (binding.init?.k === "module") {
			wholeImports.push({ name: binding.name, specifier: binding.init.specifier });
		} else if (binding.init?.k === "member" || binding.init?.k === "binding") {
			const name = lastName(facts, binding.init);
			if (name !== binding.name) append(aliases, name, binding.name);
		}
	}
	for (const { callee } of facts.calls)
		if (callee.k === "module") wholeImports.push({ name: callee.specifier, specifier: callee.specifier });
	for (const fact of facts.exports) {
		const local = fact.from ? fact.from.name : fact.value ? lastName(facts, fact.value) : null;
		if (local !== null && local !== fact.name && fact.name !== "*") append(aliases, local, fact.name);
		if (fact.value?.k === "object") for (const entry of fact.value.entries) append(aliases, lastName(facts, entry.value), entry.key);
	}
	return { aliases, wholeImports };
}

/** `a.b.c` ends in c, `x` in x; null for what has no name. */
export function lastName(facts: FileFacts, expression: Expr): string | null {
	switch (expression.k) {
		case "binding":
			return facts.bindings[expression.id]?.name ?? null;
		case "member":
			return expression.name;
		case "global":
			return expression.name;
		case "function":
			return facts.functions[expression.id]?.name ?? null;
		case "class":
			return facts.classes[expression.id]?.name ?? null;
		default:
			return null;
	}
}

function append<T>(map: Map<string, T[]>, key: string | null, value: T): void {
	if (key === null) return;
	const known = map.get(key);
	if (known) known.push(value);
	else map.set(key, [value]);
}
