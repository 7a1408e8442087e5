import { driverOfPackage } from "../cost/index.js";
import type { FunctionId } from "../facts/index.js";
import { cleanupMethod, isCleanupCalled } from "../lifetimes/cleanup.js";
import { type Closers, findClosers } from "../lifetimes/closers.js";
import { closesItself, type Disconnect, disconnectsIn, exitsProcess, runsFinally } from "../lifetimes/disconnects.js";
import type { Client } from "../summaries/clients.js";
import { nameIndex } from "../summaries/name-index.js";
import { type Repeat, repeatsOf } from "../summaries/repeats.js";
import { siteKey } from "../summaries/values.js";
import { sitePlace } from "./places.js";
import type { Model, Rule, RuleFinding } from "./types.js";

export const missingDisconnect: Rule = {
	meta: {
		id: "missing-disconnect",
		title: "A short-lived client is not closed",
		finds:
			"A short-lived client that nothing closes: in a class that is built again and again, in a Worker, in a script or test that then hangs; `$disconnect` outside `finally`; a cleanup method that nobody calls.",
		severity: "warning",
	},
	scope: "workspace",
	*check(model) {
		const closers = findClosers(model);
		for (const client of model.clients.all) {
			if (closesItself(model.linker, client)) continue;
			const found = client.isApp ? appFinding(model, client, closers) : hangingFinding(model, client, closers);
			if (found) yield found;
			if (client.retention.k === "returned") yield* handedOutFindings(model, client, closers);
		}
	},
};

function appFinding(model: Model, client: Client, closers: Closers): RuleFinding | null {
	const closing = closers.get(siteKey(client)) ?? [];
	const repeat = repeatsOf(client).find(isInstancePerRun);
	const className = ownerName(model, client);
	if (repeat && className !== null && livesInInstance(client)) return instanceFinding(model, client, className, repeat, closing);
	if (className !== null && client.retention.k === "instance" && !closesSomething(model, client) && isExtra(model, client))
		return extraFinding(client, className);
	if (client.retention.k !== "local" || client.fact.function === 0) return null;
	if (closing.length > 0) return unsureFinding(model, client, closing);
	return isWorker(client) ? workerFinding(client) : null;
}

/** As opposed to a loop within one instance. */
function isInstancePerRun({ origin, cause }: Repeat): boolean {
	return cause !== "per loop turn" || origin.path.length > 0;
}

function livesInInstance({ retention }: Client): boolean {
	return retention.k === "instance" || (retention.k === "kept" && retention.where === "instance");
}

/** The class that keeps the client in its instances. */
function ownerName(model: Model, client: Client): string | null {
	const facts = model.linker.facts(client.file);
	const classId = facts?.functions[client.fact.function]?.classId ?? null;
	return classId === null ? null : (facts?.classes[classId]?.name ?? null);
}

/** A `$disconnect` somewhere in the class, be it on an element of a list that cannot be followed. */
function closesSomething({ linker }: Model, client: Client): boolean {
	const facts = linker.facts(client.file);
	const classId = facts?.functions[client.fact.function]?.classId;
	return disconnectsIn(linker, client.file).some(({ fact }) => facts?.functions[fact.function]?.classId === classId);
}

/** One of several in its process, and not the one to be shared. */
function isExtra(model: Model, client: Client): boolean {
	return model.clients.groups.some(({ others, shared }) => shared !== null && others.includes(client));
}

function extraFinding(client: Client, className: string): RuleFinding {
	return {
		severity: "warning",
		place: { file: client.file, span: client.head },
		message: `${className} owns a client beside the shared one and has no way to close it. Hand the shared client to the constructor.`,
		fixes: [],
	};
}

function instanceFinding(
	model: Model,
	client: Client,
	className: string,
	{ origin, cause }: Repeat,
	closing: readonly Disconnect[],
): RuleFinding | null {
	const built = { place: sitePlace(model, origin.site), message: `Leads to a ${className} ${cause}.` };
	const [first] = closing;
	if (!first) {
		if (closesSomething(model, client)) return null;
		return {
			severity: "warning",
			place: { file: client.file, span: client.head },
			message: `Each ${className} makes its own client and has no way to close it: its connections stay open when the instance is gone. Hand a shared client to the constructor, or close this one when the instance is done.`,
			related: [built],
			fixes: [],
		};
	}
	const uncalled = closing.map((disconnect) => uncalledMethod(model, disconnect));
	const [method] = uncalled;
	if (!method || uncalled.includes(null)) return null;
	return {
		severity: "warning",
		place: { file: first.file, span: first.span },
		message: `${method}() closes the client that each ${className} makes, and nobody calls it. Share one client instead, or call ${method}() when the instance is done.`,
		related: [{ place: { file: client.file, span: client.head }, message: "The client is made here." }, built],
		fixes: [],
	};
}

/** The name of the method that holds a `$disconnect` and that nobody calls; null when somebody does. */
function uncalledMethod(model: Model, disconnect: Disconnect): string | null {
	const facts = model.linker.facts(disconnect.file);
	const id = facts ? cleanupMethod(facts, disconnect) : null;
	if (!facts || id === null || isCleanupCalled(model, { file: disconnect.file, id })) return null;
	return facts.functions[id]?.name ?? null;
}

/** Closed where the work goes well only: a query that fails leaves the client open. */
function unsureFinding(model: Model, client: Client, closing: readonly Disconnect[]): RuleFinding | null {
	const own = closing.filter(({ file }) => file === client.file);
	const [first] = own;
	if (!first || own.length < closing.length || !isSkippedOnError(model, client.file, client.fact.function, own)) return null;
	return skippedFinding(client, first, finallyFix(client));
}

/** What a factory hands out is its caller's to close, at each of the calls that get a client of their own. */
function* handedOutFindings(model: Model, client: Client, closers: Closers): Iterable<RuleFinding> {
	const closing = closers.get(siteKey(client)) ?? [];
	for (const { origin } of repeatsOf(client)) {
		const { site } = origin;
		const own = closing.filter(({ file, fact }) => file === site.file && fact.function === site.function);
		const [first] = own;
		if (origin.path.length > 0 && first && isSkippedOnError(model, site.file, site.function, own)) yield skippedFinding(client, first, []);
	}
}

/** Whether no `$disconnect` of a function runs once a query in it has failed. */
function isSkippedOnError(model: Model, file: string, at: FunctionId, own: readonly Disconnect[]): boolean {
	const facts = model.linker.facts(file);
	// Where a program's only run fails, the process ends, and the client with it.
	if (!facts || exitsProcess(facts) || model.runs.runs({ file, id: at }).k === "once") return false;
	if (own.some((disconnect) => runsFinally(facts, disconnect) || disconnect.fact.function !== at)) return false;
	return !own.some(({ fact }) => fact.context.some((step) => step.k === "try" && step.part === "catch"));
}

function skippedFinding(client: Client, { file, span, method }: Disconnect, fixes: readonly string[]): RuleFinding {
	return {
		severity: "warning",
		place: { file, span },
		message: `A query that fails skips this ${method} and leaves the client with its connections open. Put it into finally.`,
		related: [{ place: { file: client.file, span: client.head }, message: "The client is made here." }],
		fixes,
	};
}

function isWorker(client: Client): boolean {
	return client.package.frameworks.has("workers") && keepsConnections(client);
}

function workerFinding(client: Client): RuleFinding {
	return {
		severity: "warning",
		place: { file: client.file, span: client.head },
		message: `A Worker's client lives for one request, and nothing closes this one: its connections stay with the database until they time out. Close it with ctx.waitUntil(${client.kind === "new" ? "prisma.$disconnect()" : "db.close()"}).`,
		fixes: finallyFix(client),
	};
}

const KINDS = { script: "This script", seed: "This seed", test: "This test file" } as const;

/** A script or test of its own that stays alive because its driver's pool does. */
function hangingFinding(model: Model, client: Client, closers: Closers): RuleFinding | null {
	const role = model.workspace.roleOf(client.file);
	const facts = model.linker.facts(client.file);
	if (!facts || (role !== "script" && role !== "seed" && role !== "test")) return null;
	if ((client.kind === "new" && client.package.engine !== "client") || !keepsConnections(client)) return null;
	if (facts.exports.length > 0 || client.retention.k === "returned" || client.retention.k === "instance") return null;
	if (closers.has(siteKey(client)) || disconnectsIn(model.linker, client.file).length > 0) return null;
	if (exitsProcess(facts) || nameIndex(facts).calls.has("end")) return null;
	return {
		severity: "info",
		place: { file: client.file, span: client.head },
		message: `${KINDS[role]} never closes its client, and the driver's idle connections keep the process alive after the work is done. ${client.kind === "new" ? "Call $disconnect in finally." : "Declare it with await using, or call close in finally."}`,
		fixes: finallyFix(client),
	};
}

/** Whether the client's driver keeps a pool of sockets, which keep a process alive. */
function keepsConnections({ kind, client, package: pkg }: Client): boolean {
	if (kind === "call") return client.key !== "@prisma/orm-sqlite";
	return pkg.adapters.some((name) => driverOfPackage(name) !== null);
}

function finallyFix(client: Client): readonly string[] {
	return client.kind === "new" ? ["add-disconnect-finally"] : [];
}
