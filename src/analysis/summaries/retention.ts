import type { BindingId, ContextStep, Expr, FileFacts, FunctionId, NewFact, Sink } from "../facts/index.js";
import { bindingUses, chainRoot, heldBindings } from "./binding-uses.js";
import { argumentOf } from "./call-graph.js";
import { calleeName } from "./constants.js";
import type { Linker } from "./linker.js";
import { isEmpty } from "./values.js";

/**
 * What becomes of the value a call or `new` yields. `kept`: it is made once and then found again (a lazy singleton, a global
 * guard, a cache); the others say where a fresh value goes each time.
 */
export type Retention =
	| {
			readonly k: "kept";
			readonly where: "global" | "global-in-development" | "module" | "static" | "instance" | "cache" | "helper";
			/** The place it is kept in, by what names it in its file (`global.prisma`); null when a helper keeps it. */
			readonly slot: string | null;
	  }
	| { readonly k: "instance" }
	| { readonly k: "outer" }
	| { readonly k: "returned" }
	| { readonly k: "local" };

const HELPER_NAME = /(singleton|remember|memo|once|lazy|cach(e|ing)|global|getOrCreate|getOrSet|getOrInsert|computeIfAbsent|ensure)/i;

type SiteFact = Pick<NewFact, "sink" | "context" | "function" | "span">;

export function retention(linker: Linker, file: string, site: SiteFact): Retention {
	const facts = linker.facts(file);
	if (!facts) return { k: "local" };
	if (insideCachingHelper(linker, file, site.function)) return { k: "kept", where: "helper", slot: null };
	const stores = storedIn(facts, site.sink, site.function);
	const guards = site.context.flatMap((step) => (step.k === "branch" ? guardRoots(facts, step, site.function) : []));
	const kept = stores.find((root) => isOuter(root) && guards.some((guard) => related(guard, root)));
	if (kept) return { k: "kept", where: whereOf(facts, kept, site), slot: kept };
	// What the process is started with chooses between clients, and keeps none.
	const fallback = guards.find((guard) => guard.startsWith("global.") && !guard.startsWith("global.process."));
	if (fallback && site.function === 0) return { k: "kept", where: whereOf(facts, fallback, site), slot: fallback };
	const globalStore = stores.find((root) => root.startsWith("global."));
	if (globalStore) return { k: "outer" };
	if (stores.some((root) => root.startsWith("this."))) return { k: "instance" };
	if (stores.some(isOuter) || stores.some((root) => isCallersObject(facts, root))) return { k: "outer" };
	return isReturned(facts, site.sink, site.function) ? { k: "returned" } : { k: "local" };
}

/** `remember("prisma", () => new PrismaClient())`: the helper decides how often its callback runs. */
function insideCachingHelper(linker: Linker, file: string, at: FunctionId): boolean {
	const facts = linker.facts(file);
	for (let id: FunctionId | null = at; id !== null && facts; ) {
		const fact: FileFacts["functions"][number] | undefined = facts.functions[id];
		if (!fact || fact.kind === "module") return false;
		const target = argumentOf(fact.sink);
		if (target?.kind === "call") {
			const call = facts.calls[target.index];
			if (call && isCachingHelper(linker, file, call.callee)) return true;
		}
		if (fact.kind !== "arrow") return false;
		id = fact.parent;
	}
	return false;
}

/** A caching helper by its name, one in general use or one that the settings name. */
export function isCachingHelper(linker: Linker, file: string, callee: Expr): boolean {
	const name = calleeName(linker, file, callee);
	return name !== null && (HELPER_NAME.test(name) || linker.cachingHelpers.includes(name));
}

function isOuter(root: string): boolean {
	return !root.startsWith("local");
}

/** `app.locals.prisma = client`: kept in what the caller handed in. */
function isCallersObject(facts: FileFacts, root: string): boolean {
	const match = /^local(\d+)\./.exec(root);
	return match !== null && facts.bindings[Number(match[1])]?.kind === "parameter";
}

/** One root is the other or a member of it: `cache` and `cache.get`. */
function related(a: string, b: string): boolean {
	return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

function guardRoots(facts: FileFacts, step: ContextStep & { k: "branch" }, at: FunctionId): string[] {
	return rootsOf(facts, step.condition, at);
}

/** Names of what an expression reads: `binding3.client`, `this.prisma`, `global.prisma`; locals are followed to where they come from. */
export function rootsOf(facts: FileFacts, expression: Expr, at: FunctionId, depth = 0): string[] {
	if (depth > 8) return [];
	switch (expression.k) {
		case "binding":
			return bindingRoots(facts, expression.id, at, depth);
		case "global":
			return [
				expression.name === "global" || expression.name === "globalThis" || expression.name === "window"
					? "global"
					: `global.${expression.name}`,
			];
		case "this":
			return ["this"];
		case "member":
			return rootsOf(facts, expression.of, at, depth + 1).map((root) => `${root}.${expression.name ?? "[]"}`);
		case "call":
			return callRoots(facts, expression.id, at, depth);
		case "not":
			return rootsOf(facts, expression.of, at, depth + 1);
		case "binary":
			return [...rootsOf(facts, expression.left, at, depth + 1), ...rootsOf(facts, expression.right, at, depth + 1)];
		case "either":
			return expression.items.flatMap((item) => rootsOf(facts, item, at, depth + 1));
		case "assign":
			return rootsOf(facts, expression.target, at, depth + 1);
		default:
			return [];
	}
}

function bindingRoots(facts: FileFacts, id: BindingId, at: FunctionId, depth: number): string[] {
	const binding = facts.bindings[id];
	if (!binding) return [];
	const isLocal = binding.owner === at && at !== 0;
	const init = binding.init;
	// `const globalForPrisma = globalThis as …` is the global object under another name.
	if (init?.k === "global" && /^(global|globalThis|window)$/.test(init.name)) return ["global"];
	if (
		init &&
		(isLocal || binding.owner === 0) &&
		(init.k === "call" || init.k === "member" || init.k === "either" || init.k === "binary") &&
		(binding.kind === "const" || isLocal)
	)
		return [ownRoot(facts, id, at), ...rootsOf(facts, init, at, depth + 1)];
	return [ownRoot(facts, id, at)];
}

function ownRoot(facts: FileFacts, id: BindingId, at: FunctionId): string {
	return at !== 0 && facts.bindings[id]?.owner === at ? `local${id}` : `binding${id}`;
}

/** `cache.get(key)`, `cache.has(key)` read the cache. */
function callRoots(facts: FileFacts, id: number, at: FunctionId, depth: number): string[] {
	const callee = facts.calls[id]?.callee;
	return callee?.k === "member" ? rootsOf(facts, callee.of, at, depth + 1) : [];
}

/** The places a value is stored in, followed through local names and chained calls. */
export function storedIn(facts: FileFacts, sink: Sink, at: FunctionId, depth = 0): string[] {
	if (depth > 6) return [];
	switch (sink.k) {
		case "assign":
			// `let client = cache.get(id)` reads the cache; `client = new X()` alone does not store into it.
			return sink.target.k === "binding" ? usesOf(facts, sink.target.id, at, depth) : rootsOf(facts, sink.target, at);
		case "field":
			return [`${sink.isStatic ? "static" : "this"}.${sink.name}`];
		case "variable":
			return usesOf(facts, sink.binding, at, depth);
		case "default":
			return facts.functions[at]?.kind === "constructor" ? ["this.parameter"] : [];
		case "argument":
			return collectionRoots(facts, sink, at);
		case "construct-argument":
			return storedIn(facts, instanceSink(facts, sink), at, depth + 1);
		case "property":
		case "element":
		case "receiver":
			return storedIn(facts, sink.outer, at, depth + 1);
		default:
			return [];
	}
}

/** Where a name's value is stored later on: `const client = new X(); cache.set(id, client)`. */
function usesOf(facts: FileFacts, id: BindingId, at: FunctionId, depth: number): string[] {
	const uses = bindingUses(facts, id);
	const assigned = uses.assignedTo.flatMap((target) =>
		target.k === "binding" ? [ownRoot(facts, target.id, at)] : rootsOf(facts, target, at),
	);
	const collected = uses.arguments.flatMap((argument) => collectionRoots(facts, argument, at));
	const aliases = depth > 4 ? [] : uses.aliases.flatMap((alias) => usesOf(facts, alias, at, depth + 1));
	return [ownRoot(facts, id, at), ...assigned, ...collected, ...aliases];
}

/** `map.set(key, value)`, `list.push(value)`: the collection. */
function collectionRoots(facts: FileFacts, argument: { readonly call: number; readonly index: number }, at: FunctionId): string[] {
	const callee = facts.calls[argument.call]?.callee;
	if (callee?.k !== "member" || callee.name === null || !/^(set|push|add|unshift|put|setItem)$/.test(callee.name)) return [];
	return rootsOf(facts, callee.of, at);
}

/** `new Repository(new PrismaClient())`: what is handed to a constructor goes where the instance goes. */
function instanceSink(facts: FileFacts, { new: id }: Sink & { readonly k: "construct-argument" }): Sink {
	return facts.news[id]?.sink ?? { k: "other" };
}

function isReturned(facts: FileFacts, sink: Sink, at: FunctionId): boolean {
	switch (sink.k) {
		case "return":
			return true;
		case "variable":
		case "pattern": {
			const ids = sink.k === "variable" ? [sink.binding] : sink.bindings;
			const returns = facts.functions[at]?.returns ?? [];
			return ids.some((id) => returns.some((value) => heldBindings(value).includes(id) || chainRoot(facts, value) === id));
		}
		case "assign":
			return sink.target.k === "binding" && isReturned(facts, { k: "variable", binding: sink.target.id }, at);
		case "property":
		case "element":
			return isReturned(facts, sink.outer, at);
		case "receiver":
			return sink.member === "$extends" && isReturned(facts, sink.outer, at);
		case "construct-argument":
			return isReturned(facts, instanceSink(facts, sink), at);
		default:
			return false;
	}
}

function whereOf(facts: FileFacts, root: string, site: SiteFact): (Retention & { k: "kept" })["where"] {
	if (root.startsWith("global")) return isGlobalInProduction(facts, root) || site.function !== 0 ? "global" : "global-in-development";
	if (root.startsWith("this.")) return "instance";
	if (root.startsWith("static.")) return "static";
	const id = Number(/^binding(\d+)/.exec(root)?.[1] ?? Number.NaN);
	const binding = facts.bindings[id];
	if (binding?.init?.k === "new" || binding?.init?.k === "object") return "cache";
	return binding?.kind === "class" ? "static" : "module";
}

/** Whether the global is set everywhere, or only `if (process.env.NODE_ENV !== "production")` (FORMS.md 6). */
function isGlobalInProduction(facts: FileFacts, root: string): boolean {
	const assignments = facts.assignments.filter(
		(fact) => !isEmpty(fact.value) && rootsOf(facts, fact.target, 0).some((target) => related(target, root)),
	);
	return assignments.some(
		(fact) =>
			!fact.context.some(
				(step) => step.k === "branch" && rootsOf(facts, step.condition, 0).some((name) => name.includes("process.env.NODE_ENV")),
			),
	);
}
