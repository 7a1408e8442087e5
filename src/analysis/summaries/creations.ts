import type { CallFact, FileFacts, NewFact, Span } from "../facts/index.js";
import { Table } from "../incremental/index.js";
import type { CallGraph, CallSite } from "./call-graph.js";
import { type ClientClass, clientClass } from "./client-class.js";
import { clientPackage, importsClientFunction } from "./client-functions.js";
import { isContained } from "./containers.js";
import { factoryLifetime } from "./factory-lifetimes.js";
import type { Linker } from "./linker.js";
import { fillsPlaceOf, type KeptSite, replacesClosed } from "./overwrites.js";
import { scopeOf } from "./provider-scope.js";
import { type Retention, retention } from "./retention.js";
import type { RunCounter, Runs } from "./runs.js";
import type { FunctionRef, MakingSite } from "./values.js";

/** A site that makes a client: `new PrismaClient(…)`, a `new` of a subclass, or Prisma 8's call of `postgres({…})`. */
export type ClientSite = MakingSite & {
	readonly fact: NewFact | CallFact;
	readonly client: ClientClass;
};

export type Creation = ClientSite & {
	/** `new PrismaClient` or `postgres`, without the arguments, which may run over many lines. */
	readonly head: Span;
	readonly retention: Retention;
	/** The outermost places that decide how often it runs, with the sites that lead from there to it. */
	readonly origins: readonly Origin[];
	/** It takes the place of a client that other code of the file keeps there, and may do so at any time: that one stays open. */
	readonly overwrites: boolean;
	/** It takes the place of a client that is closed first. */
	readonly replaces: boolean;
	/** A dependency injection container or a framework's store hands it out. */
	readonly contained: boolean;
};

export interface Origin {
	readonly site: CallSite;
	readonly runs: Runs;
	/** Sites between the origin and the client's own, outermost first; empty when the origin is the client's own. */
	readonly path: readonly CallSite[];
	/** The value is handed out by an exported function that nobody in the workspace calls. */
	readonly handedOut: boolean;
	/** The value is kept at the origin: a singleton, a cache, a global guard. */
	readonly kept: boolean;
}

const MAX_ORIGINS = 64;
const MAX_PATH = 8;

/** The clients that files make, and how often each is made. */
export class Creations {
	readonly #sites: Table<string, readonly ClientSite[]>;
	readonly #creations: Table<string, readonly Creation[]>;
	readonly #lifter: Lifter;

	constructor(
		private readonly linker: Linker,
		private readonly graph: CallGraph,
		private readonly counter: RunCounter,
	) {
		this.#sites = new Table(linker.derivations);
		this.#creations = new Table(linker.derivations);
		this.#lifter = new Lifter(linker, graph, counter);
	}

	/** The sites of a file that make clients. */
	sitesIn(file: string): readonly ClientSite[] {
		return this.#sites.get(file, () => {
			const facts = this.linker.facts(file);
			return facts ? clientSitesIn(this.linker, file, facts) : [];
		});
	}

	of(file: string): readonly Creation[] {
		return this.#creations.get(file, () => {
			const facts = this.linker.facts(file);
			const made = this.sitesIn(file).map((site) => ({ ...site, retention: retention(this.linker, file, site.fact) }));
			return made.map((site) => ({
				...site,
				head: { start: site.fact.span.start, end: site.fact.calleeSpan.end },
				origins: this.#lifter.origins({ file, kind: site.kind, index: site.id, function: site.fact.function }),
				overwrites: this.#overwrites(site, made),
				replaces: facts !== undefined && replacesClosed(facts, site),
				contained: isContained(this.linker, file, site.fact, this.graph.callersOf({ file, id: site.fact.function })),
			}));
		});
	}

	#overwrites(site: KeptSite, made: readonly KeptSite[]): boolean {
		const facts = this.linker.facts(site.file);
		if (!facts || !fillsPlaceOf(facts, site, made)) return false;
		const callers = this.graph.callersOf({ file: site.file, id: site.fact.function });
		return callers.length === 0 || callers.some((caller) => this.counter.siteRuns(caller).k !== "once");
	}
}

function clientSitesIn(linker: Linker, file: string, facts: FileFacts): ClientSite[] {
	const news = facts.news.flatMap((fact, id): ClientSite[] => {
		const client = newClient(linker, file, fact);
		return client ? [{ file, kind: "new", id, fact, client }] : [];
	});
	if (!importsClientFunction(facts)) return news;
	const calls = facts.calls.flatMap((fact, id): ClientSite[] => {
		const client = calledClient(linker, file, fact);
		return client ? [{ file, kind: "call", id, fact, client }] : [];
	});
	return [...news, ...calls];
}

function newClient(linker: Linker, file: string, fact: NewFact): ClientClass | null {
	if (linker.isPlainClass(file, fact.callee)) return null;
	for (const value of linker.values(file, fact.callee, fact.function)) {
		const client = clientClass(linker, value);
		if (client) return client;
	}
	return null;
}

function calledClient(linker: Linker, file: string, fact: CallFact): ClientClass | null {
	for (const value of linker.values(file, fact.callee, fact.function)) {
		const key = clientPackage(value);
		if (key !== null) return { key, subclasses: [] };
	}
	return null;
}

/** Lifts a client's site from constructors to whoever builds the class, and from factories to whoever calls them. */
class Lifter {
	constructor(
		private readonly linker: Linker,
		private readonly graph: CallGraph,
		private readonly counter: RunCounter,
	) {}

	origins(site: CallSite): readonly Origin[] {
		const found: Origin[] = [];
		this.lift(site, [], found, new Set());
		return found;
	}

	private lift(site: CallSite, path: readonly CallSite[], found: Origin[], seen: Set<string>): void {
		const key = `${site.file}:${site.kind}:${site.index}`;
		const fact = this.graph.fact(site);
		if (!fact || seen.has(key) || found.length >= MAX_ORIGINS) return;
		seen.add(key);
		const kept = retention(this.linker, site.file, fact);
		const owner: FunctionRef = { file: site.file, id: site.function };
		const inLoop = fact.context.some((step) => step.k === "loop");
		if (kept.k === "kept" && kept.where !== "instance") {
			// A cache in a loop or handler holds one client per key: bounded by its keys.
			found.push({ site, runs: { k: "once" }, path, handedOut: false, kept: true });
			return;
		}
		const builders = this.builders(owner, kept);
		if (builders.length > 0 && path.length < MAX_PATH) {
			if (inLoop) found.push({ site, runs: { k: "many", cause: "per loop turn" }, path, handedOut: false, kept: false });
			for (const builder of builders) this.lift(builder, [site, ...path], found, seen);
			return;
		}
		if (kept.k === "returned" && site.function !== 0) {
			this.liftFactory(site, owner, path, found, seen, inLoop);
			return;
		}
		if (kept.k === "kept" || kept.k === "instance") {
			const runs: Runs = inLoop ? { k: "many", cause: "per loop turn" } : this.instanceRuns(owner);
			found.push({ site, runs, path, handedOut: false, kept: false });
			return;
		}
		const runs = this.counter.runs(owner);
		// Kept outside by a function nobody here calls: an initialiser, until a caller says otherwise.
		const settled: Runs = runs.k === "unknown" && kept.k === "outer" ? { k: "once" } : runs;
		found.push({
			site,
			runs: inLoop ? { k: "many", cause: "per loop turn" } : settled,
			path,
			handedOut: false,
			kept: false,
		});
	}

	/** Who builds the class whose constructor, field or method keeps the value in the instance. */
	private builders(owner: FunctionRef, kept: Retention): readonly CallSite[] {
		const fact = this.linker.facts(owner.file)?.functions[owner.id];
		const isInstanceCode = fact?.kind === "constructor" || (fact?.kind === "field" && !fact.isStatic);
		if (!fact || fact.classId === null || !(isInstanceCode || kept.k === "instance" || kept.k === "kept")) return [];
		return this.graph.buildersOf(owner.file, fact.classId).filter((site) => site.file !== owner.file || site.function !== owner.id);
	}

	/** How often a class is built that nobody builds by `new`: once, unless its scope says otherwise to the container. */
	private instanceRuns({ file, id }: FunctionRef): Runs {
		const facts = this.linker.facts(file);
		const classId = facts?.functions[id]?.classId;
		const cls = classId == null ? undefined : facts?.classes[classId];
		const scope = cls ? scopeOf(this.linker, file, cls).scope : null;
		if (scope === null) return { k: "once" };
		return { k: "many", cause: scope === "REQUEST" ? "per request" : "per injection" };
	}

	private liftFactory(
		site: CallSite,
		owner: FunctionRef,
		path: readonly CallSite[],
		found: Origin[],
		seen: Set<string>,
		inLoop: boolean,
	): void {
		const callers = this.graph.callersOf(owner).filter((caller) => caller.kind === "call");
		if (callers.length > 0 && path.length < MAX_PATH) {
			for (const caller of callers) this.lift(caller, [site, ...path], found, seen);
			return;
		}
		const runs = this.counter.runs(owner);
		const fact = this.linker.facts(owner.file)?.functions[owner.id];
		const lifetime = factoryLifetime(this.linker, owner, this.graph.callersOf(owner));
		if (runs.k !== "many" && !inLoop && lifetime !== null) {
			const asKept: Runs = lifetime === "once" ? { k: "once" } : { k: "many", cause: lifetime };
			found.push({ site, runs: asKept, path, handedOut: false, kept: false });
			return;
		}
		if (runs.k !== "many" && fact?.kind === "getter") {
			found.push({ site, runs: { k: "many", cause: "per call" }, path, handedOut: false, kept: false });
			return;
		}
		found.push({
			site,
			runs: inLoop && runs.k !== "many" ? { k: "many", cause: "per loop turn" } : runs,
			path,
			handedOut: runs.k !== "many",
			kept: false,
		});
	}
}
