import type { Expr, FileFacts, NewFact, Sink } from "../facts/index.js";
import { bindingUses, heldBindings } from "./binding-uses.js";
import { argumentOf, type CallSite } from "./call-graph.js";
import { calleeName } from "./constants.js";
import { factoryLifetime, isProperty } from "./factory-lifetimes.js";
import type { Linker } from "./linker.js";
import { lastName } from "./name-index.js";
import { isCachingHelper } from "./retention.js";

/** Calls that hand one value to everybody: awilix, inversify, tsyringe; Fastify, Hapi and Elysia. */
const VALUE_CALLS = /^(asValue|toConstantValue|registerInstance|decorate)$/;
/** What has a `set` that everybody can `get`: Express's and Feathers's app, typedi's container. */
const STORE_NAME = /^(app|server|container)$/i;
/** Where frameworks let an app keep what its handlers share: Express, Koa, Hapi. */
const APP_STORES = new Set(["locals", "context", "app"]);

/**
 * Whether a client is handed to a container, or kept where a framework's handlers find it, so that it is the one to share.
 * @param registrations places that hand over the function it is made in
 */
export function isContained(
	linker: Linker,
	file: string,
	{ sink, function: at }: Pick<NewFact, "sink" | "function">,
	registrations: readonly CallSite[],
): boolean {
	const facts = linker.facts(file);
	if (!facts) return false;
	if (isHandedIn(linker, file, facts, sink) || factoryLifetime(linker, { file, id: at }, registrations) === "once") return true;
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
	if (name === "set" && call.callee.k === "member" && call.args.length === 2) return STORE_NAME.test(lastName(facts, call.callee.of) ?? "");
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

/** `app.locals.prisma`, `app.context.db`, `server.app.prisma`. */
function isAppStore(target: Expr): boolean {
	return target.k === "member" && target.of.k === "member" && target.of.name !== null && APP_STORES.has(target.of.name);
}
