import { classAround, type ExternalPool, externalPool } from "../lifetimes/adapter-pools.js";
import { disconnectsIn } from "../lifetimes/disconnects.js";
import type { PoolOwner } from "../pools/index.js";
import type { Client } from "../summaries/clients.js";
import { repeatsOf } from "../summaries/repeats.js";
import { headSpan, placeKey } from "./places.js";
import type { Model, Rule, RuleFinding } from "./types.js";

export const externalPoolNotDisposed: Rule = {
	meta: {
		id: "external-pool-not-disposed",
		title: "A pool stays open after $disconnect",
		finds:
			"A pool handed to an adapter, which `$disconnect` does not end, where the client is made again and again or its class closes the client only.",
		severity: "warning",
	},
	scope: "workspace",
	*check(model) {
		const seen = new Set<string>();
		for (const found of [...clientFindings(model), ...serviceFindings(model)]) {
			const key = placeKey(found.place);
			if (seen.has(key)) continue;
			seen.add(key);
			yield found;
		}
	},
};

function* clientFindings(model: Model): Iterable<RuleFinding> {
	for (const client of model.clients.all) {
		const pool = client.isApp ? poolOf(model, client) : null;
		if (pool === null) continue;
		const [repeat] = repeatsOf(client);
		if (repeat && isMadeWith(model, pool, client)) {
			yield finding(model, pool, `A pool is made here ${repeat.cause}, and $disconnect leaves it open: its connections stay.`);
			continue;
		}
		const classId = classIdOf(model, client);
		if (classId !== null) yield* classFinding(model, pool, client.file, classId);
	}
}

/** Classes that a framework's container builds: `class PrismaService extends PrismaClient`. */
function* serviceFindings(model: Model): Iterable<RuleFinding> {
	for (const { file, client, classId } of model.clients.provided) {
		const pool = poolOf(model, { file, client, package: model.workspace.packageOf(file) });
		if (pool !== null) yield* classFinding(model, pool, file, classId);
	}
}

function poolOf(model: Model, owner: PoolOwner): ExternalPool | null {
	const adapter = model.pools.adapterOf(owner);
	return adapter === null ? null : externalPool(model.linker, adapter);
}

/** Whether the pool is made each time the client is: one made once serves all clients and stays open rightly. */
function isMadeWith({ linker }: Model, { site }: ExternalPool, client: Client): boolean {
	if (site.file !== client.file) return false;
	const facts = linker.facts(site.file);
	const at = facts?.news[site.id]?.function;
	if (!facts || at === undefined || at === 0) return false;
	const inClass = classAround(facts, at);
	return at === client.fact.function || (inClass !== null && inClass === classAround(facts, client.fact.function));
}

function classIdOf({ linker }: Model, client: Client): number | null {
	const facts = linker.facts(client.file);
	return facts ? classAround(facts, client.fact.function) : null;
}

function* classFinding(model: Model, pool: ExternalPool, file: string, classId: number): Iterable<RuleFinding> {
	const facts = model.linker.facts(file);
	if (!facts || pool.site.file !== file) return;
	const closes = disconnectsIn(model.linker, file).some(({ fact }) => classAround(facts, fact.function) === classId);
	const name = facts.classes[classId]?.name ?? "This class";
	if (closes) yield finding(model, pool, `${name} closes its client with $disconnect, which leaves this pool open.`);
}

function finding({ linker }: Model, { site, argument }: ExternalPool, sentence: string): RuleFinding {
	const made = linker.facts(site.file)?.news[site.id];
	const isInPlace =
		"span" in argument && made !== undefined && made.span.start >= argument.span.start && made.span.end <= argument.span.end;
	return {
		severity: "warning",
		place: argument,
		message: `${sentence} Pass { disposeExternalPool: true } as the adapter's second argument, or call end() on the pool after $disconnect.`,
		related: made && !isInPlace ? [{ place: { file: site.file, span: headSpan(made) }, message: "The pool is made here." }] : [],
		fixes: ["dispose-external-pool"],
	};
}
