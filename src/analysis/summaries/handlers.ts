import type { Expr, FileFacts, FunctionFact, FunctionId } from "../facts/index.js";
import { argumentOf } from "./call-graph.js";
import { calleeName } from "./constants.js";
import { hasHandlerSignature } from "./handler-signatures.js";
import { libraryCause, methodCause } from "./library-handlers.js";
import type { Linker } from "./linker.js";
import { isRequestExportName, isRequestMapName, isRootType } from "./request-exports.js";
import type { FunctionRef, Origin } from "./values.js";

/** Why a function runs many times over: in words that fit "runs …". */
export type Cause = "per request" | "per job" | "per event" | "per loop turn" | "per call" | "per injection";

const ROUTE_METHODS = new Set(["get", "post", "put", "patch", "delete", "del", "all", "use", "options", "head", "route", "ws", "openapi"]);
const ROUTER_NAME = /(app|router|route|routes|server|fastify|api|express|hono|elysia|koa|instance|controller)s?$/i;
const ROUTER_PACKAGE =
	/^(express|express-promise-router|fastify|hono|@hono\/zod-openapi|koa-router|@koa\/router|polka|restify|elysia|itty-router|router|find-my-way|@feathersjs\/express|hyper-express|ultimate-express)$/;
/** Elysia's hooks and what it derives from each request; `decorate` and `state` are given once. */
const LIFECYCLE_METHODS =
	/^(derive|resolve|mapDerive|mapResolve|mapResponse|onRequest|onParse|onTransform|onBeforeHandle|onAfterHandle|onAfterResponse|onError)$/;
const PROCEDURE_METHODS = new Set(["query", "mutation", "subscription", "handler", "action"]);
const PROCEDURE_NAME = /procedure|serverFn|action(Client)?$/i;
const EVENT_METHODS = new Set(["on", "addListener", "subscribe", "consume"]);
/** Hooks of Fastify that run once for the server; the others run for each request. */
const SERVER_HOOKS = new Set(["onReady", "onListen", "onClose", "preClose", "onRoute", "onRegister"]);
/** Events that come once in the life of what emits them, or once in a while. */
const ONCE_EVENT =
	/^(connect(ed|ion)?|ready|clientReady|open|listening|error|close|end|exit|(dis|re)connect(ed|ing)?|beforeExit|SIG[A-Z]+|uncaughtException|unhandledRejection|warning|start(ed)?|stop(ped)?|init|drain|finish|shutdown)$/;
const REQUEST_PROPERTIES = new Set([
	"resolve",
	"resolver",
	"handler",
	"context",
	"createContext",
	"fetch",
	"loader",
	"action",
	"preHandler",
	"onRequest",
	"authorize",
]);
const REQUEST_DECORATORS = new Set([
	"Get",
	"Post",
	"Put",
	"Patch",
	"Delete",
	"All",
	"Query",
	"Mutation",
	"Subscription",
	"ResolveField",
	"FieldResolver",
	"MessagePattern",
	"EventPattern",
	"SubscribeMessage",
	"GrpcMethod",
]);
const JOB_DECORATORS = new Set(["Cron", "Interval", "Process", "OnEvent", "Processor"]);
/** Why `ref` runs again and again by the framework's own doing; null when nothing says so. */
export function handlerCause(linker: Linker, ref: FunctionRef): Cause | null {
	const facts = linker.facts(ref.file);
	const fact = facts?.functions[ref.id];
	if (!facts || !fact || fact.kind === "module" || fact.kind === "constructor" || fact.kind === "field") return null;
	if (fact.decorators.some((name) => REQUEST_DECORATORS.has(name))) return "per request";
	if (fact.decorators.some((name) => JOB_DECORATORS.has(name))) return "per job";
	if (hasHandlerSignature(facts, fact)) return "per request";
	if (isServerAction(facts.directive, fact)) return "per request";
	if (fact.parent === 0 && isRequestExport(linker, ref)) return "per request";
	return registeredCause(linker, ref.file, fact);
}

function isServerAction(fileDirective: string | null, fact: FunctionFact): boolean {
	return fact.directive === "use server" || (fileDirective === "use server" && fact.parent === 0 && fact.isAsync);
}

function isRequestExport(linker: Linker, ref: FunctionRef): boolean {
	return (linker.facts(ref.file)?.exports ?? []).some((fact) => {
		if (!isRequestExportName(ref.file, fact.name)) return false;
		return (
			fact.value !== null &&
			linker.values(ref.file, fact.value, 0).some((value) => value.k === "function" && value.file === ref.file && value.id === ref.id)
		);
	});
}

/** What a function is registered for by the call it is handed to, or by the property it is the value of. */
function registeredCause(linker: Linker, file: string, fact: FunctionFact): Cause | null {
	const facts = linker.facts(file);
	const target = argumentOf(fact.sink);
	if (!facts) return null;
	if (!target) return isInRequestMap(file, facts, fact) ? "per request" : null;
	const site = target.kind === "call" ? facts.calls[target.index] : facts.news[target.index];
	if (!site) return null;
	if (target.kind === "call" && isExportedHandler(file, facts, target.index)) return "per request";
	return callbackCause(linker, file, site.callee, target.properties, site.args, site.function);
}

/** `export const GET = withAuth(async () => …)`, `exports.handler = middy(work).use(…)`: the wrapper hands the handler on. */
export function isExportedHandler(file: string, facts: FileFacts, call: number): boolean {
	const sink = facts.calls[call]?.sink;
	return facts.exports.some(
		({ name, value }) =>
			value !== null &&
			isRequestExportName(file, name) &&
			((value.k === "binding" && sink?.k === "variable" && value.id === sink.binding) || wraps(facts, value, call)),
	);
}

/** Whether a value is what a call yields, also through further calls on it. */
function wraps(facts: FileFacts, value: Expr, call: number): boolean {
	let outer = value;
	while (outer.k === "call" && outer.id !== call) {
		const callee: Expr | undefined = facts.calls[outer.id]?.callee;
		if (callee?.k !== "member") return false;
		outer = callee.of;
	}
	return outer.k === "call";
}

/** `const resolvers = { Query: { users: () => … } }`, SvelteKit's `export const actions = { default: … }`. */
function isInRequestMap(file: string, facts: FileFacts, fact: FunctionFact): boolean {
	let step = fact.sink;
	for (; step.k === "property" || step.k === "element"; step = step.outer) if (step.k === "property" && isRootType(step.key)) return true;
	if (fact.sink.k !== "property" || step.k !== "variable") return false;
	const map = facts.bindings[step.binding]?.name;
	return map !== undefined && isRequestMapName(file, map);
}

/** Why a function handed to `callee` would run many times; also used for functions handed over by name. */
export function callbackCause(
	linker: Linker,
	file: string,
	callee: Expr,
	properties: readonly string[],
	args: readonly Expr[],
	at: FunctionId,
): Cause | null {
	const name = calleeName(linker, file, callee);
	if (name === null) return null;
	if (callee.k === "member") {
		const receiver = receiverName(linker, file, callee.of);
		if (
			ROUTE_METHODS.has(name) &&
			(ROUTER_NAME.test(receiver) || routeCall(linker, file, callee.of) || isRouter(linker, file, callee.of, at))
		)
			return "per request";
		if (LIFECYCLE_METHODS.test(name) && isRouter(linker, file, callee.of, at)) return "per request";
		if (PROCEDURE_METHODS.has(name) && PROCEDURE_NAME.test(receiver)) return "per request";
		if (name === "addHook") return isServerHook(args[0]) ? null : "per request";
		if (EVENT_METHODS.has(name) && args.length >= 2 && isRecurring(receiver, args[0])) return "per event";
		const known = methodCause(receiver, name);
		if (known !== null) return known;
	}
	const cause = libraryCause(name, properties);
	if (cause !== null && !linker.values(file, callee, at).some((value) => value.k === "function")) return cause;
	if (/^(eachMessage|eachBatch|handleMessage|handleMessageBatch)$/.test(properties.at(-1) ?? "")) return "per event";
	return properties.some((property) => REQUEST_PROPERTIES.has(property)) ? "per request" : null;
}

/** An event that comes again and again: a client of a database or a service tells more of its own life than a socket does. */
function isRecurring(receiver: string, event: Expr | undefined): boolean {
	if (/prisma|process/i.test(receiver)) return false;
	return !/client|db/i.test(receiver) || (event?.k === "literal" && !ONCE_EVENT.test(String(event.value)));
}

function isServerHook(name: Expr | undefined): boolean {
	return name?.k !== "literal" || SERVER_HOOKS.has(String(name.value));
}

/** `router.route("/x").get(handler)`. */
function routeCall(linker: Linker, file: string, receiver: Expr): boolean {
	if (receiver.k !== "call") return false;
	const callee = linker.facts(file)?.calls[receiver.id]?.callee;
	if (callee?.k !== "member") return false;
	return callee.name === "route" || (ROUTE_METHODS.has(callee.name ?? "") && ROUTER_NAME.test(receiverName(linker, file, callee.of)));
}

/** `const r = express.Router()`, `new Hono()`: what a router's package makes, whatever its name here. */
function isRouter(linker: Linker, file: string, receiver: Expr, at: FunctionId): boolean {
	return linker.values(file, receiver, at).some((value) => {
		let of = value;
		while (of.k === "product" || of.k === "instance") of = of.of;
		return of !== value && of.k === "external" && ROUTER_PACKAGE.test(packageName(of.origin));
	});
}

function packageName(origin: Origin): string {
	return origin.k === "package" ? origin.name : origin.k === "unresolved" ? origin.specifier : "";
}

/** The last name of the thing a method is called on: `this.router` → router, `publicProcedure.input(x)` → publicProcedure. */
function receiverName(linker: Linker, file: string, of: Expr): string {
	if (of.k === "member") return of.name ?? "";
	if (of.k === "global") return of.name;
	if (of.k === "binding") return linker.facts(file)?.bindings[of.id]?.name ?? "";
	if (of.k === "call") {
		const callee = linker.facts(file)?.calls[of.id]?.callee;
		return callee ? receiverName(linker, file, callee.k === "member" ? callee.of : callee) : "";
	}
	return "";
}
