import type { CallFact, Expr, FileFacts, FunctionFact, FunctionId, Sink } from "../facts/index.js";
import { argumentOf, type CallSite } from "./call-graph.js";
import { calleeName } from "./constants.js";
import type { Linker } from "./linker.js";
import { lastName } from "./name-index.js";
import type { FunctionRef } from "./values.js";

/** How long a dependency injection container keeps what a factory makes: for good, or a fresh one for each who asks or each request. */
export type Lifetime = "once" | "per injection" | "per request";

/** Calls that take a factory: awilix's and inversify's, whose lifetime stands further on; Adonis's, which says so itself. */
const FACTORY_CALLS = /^(asFunction|toDynamicValue)$/;
/**
 * How long what a factory makes is kept by the container that it is handed to; null when it is handed to none, or nobody can tell.
 * @param registrations places that hand the function over by its name
 */
export function factoryLifetime(linker: Linker, { file, id }: FunctionRef, registrations: readonly CallSite[]): Lifetime | null {
	const facts = linker.facts(file);
	const factory = facts?.functions[id];
	if (!facts || !factory) return null;
	const own = inlineLifetime(linker, file, facts, id);
	if (own !== null) return own;
	for (const site of registrations) {
		const other = linker.facts(site.file);
		const call = site.kind === "callback" ? other?.calls[site.index] : undefined;
		const lifetime = other && call ? registeredLifetime(linker, site.file, other, call) : null;
		if (lifetime !== null) return lifetime;
	}
	return null;
}

/** Of a factory that is written where it is handed over. */
function inlineLifetime(linker: Linker, file: string, facts: FileFacts, id: FunctionId): Lifetime | null {
	const factory = facts.functions[id];
	if (!factory) return null;
	const target = argumentOf(factory.sink);
	const call = target?.kind === "call" ? facts.calls[target.index] : undefined;
	if (!isProperty(factory.sink, "useFactory")) return call ? registeredLifetime(linker, file, facts, call) : null;
	// tsyringe asks again each time; Nest keeps what it got, unless the provider has a scope.
	const isTsyringe = call !== undefined && calleeName(linker, file, call.callee) === "register" && importsTsyringe(facts);
	return isTsyringe ? "per injection" : (scopeOf(facts, factory, id) ?? "once");
}

function importsTsyringe(facts: FileFacts): boolean {
	return facts.imports.some(({ specifier }) => specifier === "tsyringe");
}

/** Of a factory that is handed to a call: awilix's and inversify's, Adonis's, a Nest module's decorator. */
function registeredLifetime(linker: Linker, file: string, facts: FileFacts, call: CallFact): Lifetime | null {
	const name = calleeName(linker, file, call.callee);
	if (name === "Module" || (name === "singleton" && call.callee.k === "member")) return "once";
	if (name === null || !FACTORY_CALLS.test(name)) return null;
	return chainedLifetime(call.sink) ?? optionLifetime(call.args[1]) ?? (name === "asFunction" ? "per injection" : defaultScope(facts));
}

/** Whether a value ends under this key of an object, however deep. */
export function isProperty(sink: Sink, key: string): boolean {
	for (let step = sink; step.k === "property" || step.k === "element"; step = step.outer)
		if (step.k === "property" && step.key === key) return true;
	return false;
}

/** `{ provide: X, scope: Scope.REQUEST, useFactory }`. */
function scopeOf(facts: FileFacts, { sink }: FunctionFact, id: FunctionId): Lifetime | null {
	const provider = rootsOf(facts, sink)
		.map((root) => holderOf(root, id))
		.find((found) => found !== null);
	const scope = provider?.entries.find(({ key }) => key === "scope")?.value;
	if (scope?.k !== "member") return null;
	return scope.name === "REQUEST" ? "per request" : scope.name === "TRANSIENT" ? "per injection" : null;
}

/** The expressions in which a value that ends there stands. */
function rootsOf(facts: FileFacts, sink: Sink): readonly Expr[] {
	const target = argumentOf(sink);
	if (target) return (target.kind === "call" ? facts.calls[target.index] : facts.news[target.index])?.args ?? [];
	let step = sink;
	while (step.k === "property" || step.k === "element") step = step.outer;
	const init = step.k === "variable" ? facts.bindings[step.binding]?.init : null;
	return init ? [init] : facts.exports.flatMap(({ value }) => value ?? []);
}

function holderOf(value: Expr, id: FunctionId): (Expr & { readonly k: "object" }) | null {
	const parts = value.k === "array" ? value.items : value.k === "object" ? value.entries.map((entry) => entry.value) : [];
	if (value.k === "object" && parts.some((part) => part.k === "function" && part.id === id)) return value;
	for (const part of parts) {
		const holder = holderOf(part, id);
		if (holder) return holder;
	}
	return null;
}

/** `.singleton()`, `.inSingletonScope()`, `.scoped()` and the like, wherever in the chain. */
function chainedLifetime(sink: Sink): Lifetime | null {
	for (let step = sink; step.k === "receiver"; step = step.outer) {
		if (/^(singleton|inSingletonScope)$/.test(step.member ?? "")) return "once";
		if (/^(scoped|inRequestScope)$/.test(step.member ?? "")) return "per request";
		if (/^(transient|inTransientScope)$/.test(step.member ?? "")) return "per injection";
	}
	return null;
}

/** awilix's `{ lifetime: Lifetime.SINGLETON }`. */
function optionLifetime(options: Expr | undefined): Lifetime | null {
	const lifetime = options?.k === "object" ? options.entries.find(({ key }) => key === "lifetime")?.value : undefined;
	const name = lifetime?.k === "member" ? lifetime.name : lifetime?.k === "literal" ? lifetime.value : null;
	return name === "SINGLETON" ? "once" : name === "SCOPED" ? "per request" : null;
}

/** What inversify's container in this file does where a binding says nothing; a container of another file may do anything. */
function defaultScope(facts: FileFacts): Lifetime | null {
	const container = facts.news.find(({ callee }) => lastName(facts, callee) === "Container");
	if (!container) return null;
	const [options] = container.args;
	if (!options) return "per injection";
	const scope = options.k === "object" ? options.entries.find(({ key }) => key === "defaultScope")?.value : undefined;
	return scope?.k === "literal" && scope.value === "Singleton" ? "once" : null;
}
