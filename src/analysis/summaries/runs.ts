import type { FunctionFact } from "../facts/index.js";
import { Table } from "../incremental/index.js";
import type { CallGraph, CallSite } from "./call-graph.js";
import { argumentOf } from "./call-graph.js";
import { calleeName } from "./constants.js";
import { type Cause, callbackCause, handlerCause, isExportedHandler } from "./handlers.js";
import type { Linker } from "./linker.js";
import { isCachingHelper, retention } from "./retention.js";
import { type FunctionRef, keyOf } from "./values.js";

/** How often a function runs in the life of a process. `unknown`: nobody in the workspace calls it. */
export type Runs = { readonly k: "once" } | { readonly k: "many"; readonly cause: Cause } | { readonly k: "unknown" };

const ONCE: Runs = { k: "once" };
const UNKNOWN: Runs = { k: "unknown" };
const MAX_DEPTH = 40;

/** Functions that a program runs when it starts, or that a framework runs once for a plugin or module. */
const RUN_ONCE_NAME =
	/^(main|run|start|boot|bootstrap|init|initiali[sz]e|setup|seed|connect|connectDb|connectToDatabase|register|up|down|migrate|listen|serve|server|app|plugin|install|configure|beforeAll|afterAll|onModuleInit|onModuleDestroy|onApplicationBootstrap|onApplicationShutdown)([A-Z].*)?$|^(create|build|make|start|init|setup)(App|Server|Application|Fastify|Api|Apollo|Context[A-Z]).*$/;
const LOOP_METHODS = new Set(["map", "forEach", "flatMap", "reduce", "filter", "some", "every", "from"]);

/** Says how often functions run, from what calls them and how frameworks register them. */
export class RunCounter {
	private readonly known: Table<string, Runs>;

	constructor(
		private readonly linker: Linker,
		private readonly graph: CallGraph,
	) {
		this.known = new Table(linker.derivations);
	}

	runs(ref: FunctionRef, depth = 0): Runs {
		if (depth > MAX_DEPTH) {
			this.linker.derivations.truncated();
			return UNKNOWN;
		}
		// A recursive function runs as often as its outside callers say.
		return this.known.get(keyOf(ref), () => this.compute(ref, depth), { value: UNKNOWN, isRoot: depth === 0 });
	}

	private compute(ref: FunctionRef, depth: number): Runs {
		const fact = this.linker.facts(ref.file)?.functions[ref.id];
		if (!fact || fact.kind === "module" || fact.kind === "static-block" || (fact.kind === "field" && fact.isStatic)) return ONCE;
		const cause = handlerCause(this.linker, ref);
		if (cause) return { k: "many", cause };
		const sites = this.graph.callersOf(ref);
		if (sites.some((site) => this.startsAgain(ref, site))) return { k: "many", cause: "per job" };
		const callers = sites.map((site) => this.siteRuns(site, depth + 1));
		const many = callers.find((runs) => runs.k === "many");
		if (many) return many;
		if (isInstanceCode(fact.kind)) return ONCE;
		const inline = argumentOf(fact.sink);
		if (inline && fact.parent !== null) return this.inlineRuns(ref, fact.parent, inline, depth);
		const name = nameOf(this.linker, ref.file, fact);
		if (callers.some((runs) => runs.k === "once") || (name !== null && RUN_ONCE_NAME.test(name))) return ONCE;
		return UNKNOWN;
	}

	/** `async function poll() { …; setTimeout(poll, 1000); }`: another timer each time; one that is set after a failure only tries again. */
	private startsAgain({ file, id }: FunctionRef, site: CallSite): boolean {
		const facts = this.linker.facts(file);
		if (site.file !== file || !facts) return false;
		const inline = site.kind === "call" ? argumentOf(facts.functions[site.function]?.sink ?? { k: "other" }) : null;
		const timer = site.kind === "callback" ? facts.calls[site.index] : inline?.kind === "call" ? facts.calls[inline.index] : undefined;
		return timer?.function === id && timer.context.length === 0 && calleeName(this.linker, file, timer.callee) === "setTimeout";
	}

	/** An inline callback runs as often as the function around it, or once per element. */
	private inlineRuns(ref: FunctionRef, parent: number, target: NonNullable<ReturnType<typeof argumentOf>>, depth: number): Runs {
		const facts = this.linker.facts(ref.file);
		const site = target.kind === "call" ? facts?.calls[target.index] : facts?.news[target.index];
		if (!site) return UNKNOWN;
		if (isCachingHelper(this.linker, ref.file, site.callee)) return ONCE;
		const name = calleeName(this.linker, ref.file, site.callee);
		if (site.callee.k === "member" && name !== null && LOOP_METHODS.has(name)) return { k: "many", cause: "per loop turn" };
		return this.runs({ file: ref.file, id: parent }, depth + 1);
	}

	/** How often the code at a site runs; a value that is kept there is made once, however often it is passed by. */
	siteRuns(site: CallSite, depth = 0): Runs {
		const fact = this.graph.fact(site);
		if (!fact) return UNKNOWN;
		if (site.kind === "callback") {
			const cause = callbackCause(this.linker, site.file, fact.callee, [], fact.args, fact.function);
			if (cause) return { k: "many", cause };
			if (isCachingHelper(this.linker, site.file, fact.callee)) return ONCE;
			const facts = this.linker.facts(site.file);
			if (facts && isExportedHandler(site.file, facts, site.index)) return { k: "many", cause: "per request" };
		} else if (retention(this.linker, site.file, fact).k === "kept") {
			return ONCE;
		}
		if (fact.context.some((step) => step.k === "loop")) return { k: "many", cause: "per loop turn" };
		return this.runs({ file: site.file, id: site.function }, depth + 1);
	}
}

/** The name a function goes by: its own, its variable's or its property's. */
function nameOf(linker: Linker, file: string, fact: FunctionFact): string | null {
	if (fact.name !== null) return fact.name;
	if (fact.sink.k === "property") return fact.sink.key;
	return fact.sink.k === "variable" ? (linker.facts(file)?.bindings[fact.sink.binding]?.name ?? null) : null;
}

function isInstanceCode(kind: string): boolean {
	return kind === "constructor" || kind === "field";
}
