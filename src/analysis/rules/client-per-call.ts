import type { CallSite } from "../summaries/call-graph.js";
import type { Client, ProvidedService } from "../summaries/clients.js";
import type { Origin } from "../summaries/creations.js";
import type { Cause } from "../summaries/handlers.js";
import { type Repeat, repeatsOf } from "../summaries/repeats.js";
import { placeKey, sitePlace } from "./places.js";
import type { Model, Rule, RuleFinding } from "./types.js";
import { clientName, perClient, poolPhrase, useShared } from "./wording.js";

export const clientPerCall: Rule = {
	meta: {
		id: "client-per-call",
		title: "A PrismaClient is made again and again",
		finds: "A PrismaClient made per request, call or instance, directly or through constructors and helpers of other files.",
		severity: "error",
	},
	scope: "workspace",
	*check(model) {
		const seen = new Set<string>();
		for (const client of model.clients.all) {
			for (const finding of clientFindings(model, client)) {
				const key = placeKey(finding.place);
				if (seen.has(key)) continue;
				seen.add(key);
				yield finding;
			}
		}
		for (const service of model.clients.provided) yield* scopedFindings(service);
	},
};

const BUILT_FOR = { REQUEST: "each request", TRANSIENT: "each class it is injected into" } as const;

/** `@Injectable({ scope: Scope.REQUEST }) class PrismaService extends PrismaClient`. */
function* scopedFindings(service: ProvidedService): Iterable<RuleFinding> {
	if (service.scope === null) return;
	const [why, advice] = service.asksForRequest
		? ["Since it asks for the request", "Keep one client, or one per database in a Map, and ask for the request elsewhere."]
		: [`With its scope ${service.scope}`, "Leave the scope out, so that all share one."];
	yield {
		severity: "error",
		place: { file: service.file, span: service.head },
		message: `${why}, a ${service.name} is built for ${BUILT_FOR[service.scope]}: each is a PrismaClient with its own connections. ${advice}`,
		fixes: [],
	};
}

function* clientFindings(model: Model, client: Client): Iterable<RuleFinding> {
	const repeats = repeatsOf(client);
	const [first] = repeats;
	if (first) yield* repeatFindings(model, client, repeats, first);
	else if (client.overwrites && client.isApp) yield overwritingFinding(model, client);
}

/** A lazy singleton that a second function fills with a fresh client, whatever is there. */
function overwritingFinding(model: Model, client: Client): RuleFinding {
	return {
		severity: "error",
		place: { file: client.file, span: client.head },
		message: `On every call this ${clientName(client)} takes the place of the one kept there, which stays open with its connections. ${poolPhrase(model, client)} Fill the place only while it is empty, or close the old client first.`,
		estimate: perClient(model, client),
		fixes: [],
	};
}

function* repeatFindings(model: Model, client: Client, repeats: readonly Repeat[], first: Repeat): Iterable<RuleFinding> {
	const indirect = repeats.filter(({ origin }) => origin.path.length > 0);
	for (const repeat of indirect) yield indirectFinding(model, client, repeat);
	if (isSingletonClass(client) && first.origin.path.length > 0) return;
	yield {
		severity: "error",
		place: { file: client.file, span: client.head },
		message: `${directSentence(client, first)} ${poolPhrase(model, client)} ${useShared(model, client)}`,
		related: indirect.slice(0, 5).map(({ origin, cause }) => ({ place: sitePlace(model, origin.site), message: `Built ${cause} here.` })),
		estimate: perClient(model, client),
		fixes: ["use-singleton"],
	};
}

/** A manager that keeps its client, or is itself kept by its `getInstance`, does well; whoever builds a second one does not. */
function isSingletonClass(client: Client): boolean {
	return client.retention.k === "kept" || client.origins.some((origin) => origin.kept && origin.path.length > 0);
}

function indirectFinding(model: Model, client: Client, { origin, cause }: Repeat): RuleFinding {
	const fact = siteFact(model, origin.site);
	return {
		severity: "error",
		place: sitePlace(model, origin.site),
		message: `${fact?.verb ?? "This"} ${cause}, and each time a ${clientName(client)} is made in ${client.file}. ${poolPhrase(model, client)} Share one client instead.`,
		related: [
			...origin.path.slice(0, -1).map((site) => ({ place: sitePlace(model, site), message: "Leads to the client through here." })),
			{ place: { file: client.file, span: client.head }, message: `The ${clientName(client)} is made here.` },
		],
		estimate: perClient(model, client),
		fixes: [],
	};
}

function siteFact(model: Model, site: CallSite): { readonly verb: string } | null {
	const facts = model.linker.facts(site.file);
	const callee = (site.kind === "new" ? facts?.news[site.index] : facts?.calls[site.index])?.callee;
	if (!callee) return null;
	const name = callee.k === "binding" ? facts?.bindings[callee.id]?.name : callee.k === "member" ? callee.name : null;
	if (!name) return null;
	return { verb: site.kind === "new" ? `${name} is built` : `${name}() is called` };
}

function directSentence(client: Client, { origin, cause }: Repeat): string {
	if (origin.path.length > 0 || (client.retention.k === "instance" && cause !== "per loop turn"))
		return `This ${clientName(client)} is made ${isInClass(client) ? "with each instance" : "on each call"}, and that happens ${cause}${placeOf(client, origin)}.`;
	const [who, when] = WHO_AND_WHEN[cause];
	return `This ${who} makes a ${clientName(client)} ${when}.`;
}

/** Names the file of the handler, where that is another one. */
function placeOf(client: Client, { site }: Origin): string {
	return site.file === client.file ? "" : ` in ${site.file}`;
}

const WHO_AND_WHEN: Readonly<Record<Cause, readonly [who: string, when: string]>> = {
	"per request": ["handler", "per request"],
	"per job": ["job", "each time it runs"],
	"per event": ["listener", "per event"],
	"per loop turn": ["loop", "on every turn"],
	"per call": ["function", "on every call"],
	"per injection": ["factory", "for each class it is injected into"],
};

function isInClass(client: Client): boolean {
	return client.retention.k === "instance" || client.origins.some((origin) => origin.path.length > 0 && origin.site.kind === "new");
}
