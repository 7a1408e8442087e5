import type { Expr, FileFacts, FunctionFact, FunctionId, NewFact, Sink } from "../facts/index.js";
import { bindingUses, heldBindings } from "./binding-uses.js";
import { argumentOf } from "./call-graph.js";
import { calleeName } from "./constants.js";
import type { Linker } from "./linker.js";
import { isCachingHelper } from "./retention.js";

/** How long a dependency injection container keeps what a factory makes: for good, or a fresh one for each who asks or each request. */
export type Lifetime = "once" | "per injection" | "per request";

/** Calls that hand one value to everybody: awilix, inversify, tsyringe; Fastify, Hapi and Elysia. */
const VALUE_CALLS = /^(asValue|toConstantValue|registerInstance|decorate)$/;
/** Calls that take a factory: awilix's and inversify's, whose lifetime stands further on; Adonis's, which says so itself. */
const FACTORY_CALLS = /^(asFunction|toDynamicValue)$/;
/** What has a `set` that everybody can `get`: Express's and Feathers's app, typedi's container. */
const STORE_NAME = /^(app|server|container)$/i;
/** Where frameworks let an app keep what its handlers share: Express, Koa, Hapi. */
const APP_STORES = new Set(["locals", "context", "app"]);

/** How long what a factory makes is kept by the container that it is handed to; null when it is handed to none, or nobody can tell. */
export function factoryLifetime(linker: Linker, file: string, id: FunctionId): Lifetime | null {
	const facts = linker.facts(file);
	const factory = facts?.functions[id];
	if (!facts || !factory) return null;
	const target = argumentOf(factory.sink);
	const call = target?.kind === "call" ? facts.calls[target.index] : undefined;
	const name = call ? calleeName(linker, file, call.callee) : null;
	if (isProperty(factory.sink, "useFactory")) {
		// tsyringe asks again each time; Nest keeps what it got, unless the provider has a scope.
		if (name === "register") return "per injection";
		return scopeOf(facts, factory, id) ?? "once";
	}
	if (call && name === "singleton" && call.callee.k === "member") return "once";
	if (!call || name === null || !FACTORY_CALLS.test(name)) return null;
	return chainedLifetime(call.sink) ?? optionLifetime(call.args[1]) ?? (name === "asFunction" ? "per injection" : defaultScope(facts));
}

/** Whether a client is handed to a container, or kept where a framework's handlers find it, so that it is the one to share. */
export function isContained(linker: Linker, file: string, { sink, function: at }: Pick<NewFact, "sink" | "function">): boolean {
	const facts = linker.facts(file);
	if (!facts) return false;
	if (isHandedIn(linker, file, facts, sink) || factoryLifetime(linker, file, at) === "once") return true;
	const factory = facts.functions[at];
	if (factory && isHandedIn(linker, file, facts, factory.sink)) return true;
	if (sink.k !== "variable") return false;
	const { assignedTo, arguments: handed } = bindingUses(facts, sink.binding);
	return (
		assignedTo.some(isAppStore) ||
		handed.some((argument) => isHandedIn(linker, file, facts, { k: "argument", ...argument })) ||
		isProvided(facts, sink.binding)
	);
}

/** Whether a value goes where everybody finds it: a container's call, a provider's value, a framework's store. */
function isHandedIn(linker: Linker, file: string, facts: FileFacts, sink: Sink): boolean {
	if (isProperty(sink, "useValue") || isProperty(sink, "context")) return true;
	if (sink.k === "receiver" && sink.member === "$extends") return isHandedIn(linker, file, facts, sink.outer);
	if (sink.k === "assign") return isAppStore(sink.target);
	const target = argumentOf(sink);
	const call = target?.kind === "call" ? facts.calls[target.index] : undefined;
	const name = call ? calleeName(linker, file, call.callee) : null;
	if (!call || name === null) return false;
	if (VALUE_CALLS.test(name)) return true;
	if (name === "set" && call.callee.k === "member" && call.args.length === 2) return STORE_NAME.test(nameOf(facts, call.callee.of));
	return isCachingHelper(linker, file, call.callee) && isProperty(call.sink, "useFactory");
}

/** `{ provide: X, useValue: client }` by a name, and what a GraphQL server's `context` hands out. */
function isProvided(facts: FileFacts, id: number): boolean {
	const holds = (value: Expr): boolean => {
		if (value.k === "array") return value.items.some(holds);
		if (value.k === "call") return facts.calls[value.id]?.args.some(holds) ?? false;
		if (value.k !== "object") return false;
		return value.entries.some((entry) => (entry.key === "useValue" ? heldBindings(entry.value).includes(id) : holds(entry.value)));
	};
	const isInContext = facts.functions.some(
		({ sink, returns }) => isProperty(sink, "context") && returns.some((value) => heldBindings(value).includes(id)),
	);
	return isInContext || facts.calls.some(({ args }) => args.some(holds)) || facts.bindings.some(({ init }) => init !== null && holds(init));
}

function isProperty(sink: Sink, key: string): boolean {
	for (let step = sink; step.k === "property" || step.k === "element"; step = step.outer)
		if (step.k === "property" && step.key === key) return true;
	return false;
}

/** `app.locals.prisma`, `app.context.db`, `server.app.prisma`. */
function isAppStore(target: Expr): boolean {
	return target.k === "member" && target.of.k === "member" && target.of.name !== null && APP_STORES.has(target.of.name);
}

function nameOf(facts: FileFacts, expression: Expr): string {
	if (expression.k === "binding") return facts.bindings[expression.id]?.name ?? "";
	return (expression.k === "member" || expression.k === "global" ? expression.name : null) ?? "";
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
	const container = facts.news.find(({ callee }) => nameOf(facts, callee) === "Container");
	if (!container) return null;
	const [options] = container.args;
	if (!options) return "per injection";
	const scope = options.k === "object" ? options.entries.find(({ key }) => key === "defaultScope")?.value : undefined;
	return scope?.k === "literal" && scope.value === "Singleton" ? "once" : null;
}
