import { isAppFile } from "../lifetimes/app-files.js";
import { cleanupMethod, isCleanupCalled } from "../lifetimes/cleanup.js";
import { type Disconnect, disconnectsIn } from "../lifetimes/disconnects.js";
import { isWithin } from "../lifetimes/expressions.js";
import { externalPoolsIn } from "../lifetimes/external-pools.js";
import { type RestlessInterval, restlessIntervalsIn } from "../lifetimes/restless-intervals.js";
import { repeatsOf } from "../summaries/repeats.js";
import type { Framework, Package } from "../workspace/index.js";
import { headSpan } from "./places.js";
import type { FileModel, Rule, RuleFinding } from "./types.js";

/** Servers that their own code starts, and that it can therefore shut down. */
const SERVERS: readonly Framework[] = ["express", "fastify", "koa", "hapi", "hono", "nest", "socket.io", "graphql", "queue"];
/** Frameworks that start and stop the process themselves. */
const HOSTED: readonly Framework[] = ["next", "remix", "sveltekit", "nuxt", "astro", "solidstart", "lambda", "workers", "azure-functions"];

export const missingShutdown: Rule = {
	meta: {
		id: "missing-shutdown",
		title: "A server has no way to shut down cleanly",
		finds:
			"A server that owns a pool handed to an adapter, or a manager with a cleanup method, and has no shutdown path to it; an interval that queries a client after the shutdown path has closed it.",
		severity: "info",
	},
	scope: "file",
	*check(model, file) {
		if (!isAppFile(model, file) || !isServer(model.workspace.packageOf(file))) return;
		const seen = new Set<number>();
		for (const disconnect of disconnectsIn(model.linker, file)) {
			const found = managerFinding(model, disconnect, seen);
			if (found) yield found;
		}
		yield* poolFindings(model, file);
		for (const restless of restlessIntervalsIn(model, file)) yield intervalFinding(restless);
	},
};

function isServer({ frameworks }: Package): boolean {
	return SERVERS.some((name) => frameworks.has(name)) && !HOSTED.some((name) => frameworks.has(name));
}

/** A manager that is there for the life of the process, with a method that closes its clients and that nobody calls. */
function managerFinding(model: FileModel, disconnect: Disconnect, seen: Set<number>): RuleFinding | null {
	const { file, span } = disconnect;
	const facts = model.linker.facts(file);
	const id = facts ? cleanupMethod(facts, disconnect) : null;
	if (!facts || id === null || seen.has(id) || isCleanupCalled(model, { file, id })) return null;
	seen.add(id);
	const method = facts.functions[id];
	const className = method?.classId == null ? null : facts.classes[method.classId]?.name;
	if (!method?.name || !className || isOwnedAgain(model, file, method.classId)) return null;
	// What connects again is no shutdown.
	if (facts.calls.some((call) => call.callee.k === "member" && call.callee.name === "$connect" && isWithin(facts, call.function, id)))
		return null;
	// What hands clients out closes only those that are too old.
	if (model.clientsOf(file).some((client) => isWithin(facts, client.fact.function, id))) return null;
	return {
		severity: "info",
		place: { file, span },
		message: `${className}.${method.name}() closes its client, and nothing calls it when the server stops: the database drops the connections only once it notices. Call it on SIGTERM.`,
		fixes: ["close-on-shutdown"],
	};
}

/** A class that is built again and again is missing-disconnect's. */
function isOwnedAgain(model: FileModel, file: string, classId: number | null): boolean {
	const facts = model.linker.facts(file);
	return model
		.clientsOf(file)
		.some((client) => facts?.functions[client.fact.function]?.classId === classId && repeatsOf(client).length > 0);
}

function* poolFindings(model: FileModel, file: string): Iterable<RuleFinding> {
	for (const { pool, poolFile, isEnded } of externalPoolsIn(model, file)) {
		if (isEnded) continue;
		yield {
			severity: "info",
			place: { file: poolFile, span: headSpan(pool) },
			message:
				"The adapter is handed this pool, so the pool is the server's to end, and nothing ends it. Call pool.end() on SIGTERM after the server has closed.",
			fixes: ["close-on-shutdown"],
		};
	}
}

function intervalFinding({ interval, closing }: RestlessInterval): RuleFinding {
	return {
		severity: "info",
		place: { file: interval.file, span: interval.fact.calleeSpan },
		message:
			"On a signal the client is closed, and this interval goes on querying: the client connects anew, and the process stays until it is killed. Clear the interval before the client is closed.",
		related: [{ place: { file: closing.file, span: closing.span }, message: "The client is closed here." }],
		fixes: [],
	};
}
