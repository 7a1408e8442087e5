import type { Settings } from "../../config/index.js";
import type { Finding } from "../../protocol/index.js";
import { Cell, Derivations, Table } from "../incremental/index.js";
import { type PoolConfig, PoolSites, Pools } from "../pools/index.js";
import { createResolver, type Resolver } from "../resolve/index.js";
import { type FileModel, type Model, RULES, type Rule } from "../rules/index.js";
import { transactionLimits } from "../rules/transaction-timeout.js";
import { CallGraph } from "../summaries/call-graph.js";
import { ClientFinder, type FoundClients } from "../summaries/clients.js";
import { Creations } from "../summaries/creations.js";
import { Linker } from "../summaries/linker.js";
import { Places } from "../summaries/places.js";
import { RunCounter } from "../summaries/runs.js";
import { TrackedFacts } from "../summaries/tracked-facts.js";
import type { Limit } from "../summaries/transaction-limits.js";
import { Transactions } from "../summaries/transactions.js";
import type { LiveWorkspace } from "../workspace/index.js";
import { AnalysedFiles } from "./analysed-files.js";
import { groupByFile, heedComments, toFinding } from "./findings.js";
import { ImportGraph } from "./import-graph.js";
import type { SourceStore } from "./source-store.js";
import { TrackedWorkspace } from "./tracked-workspace.js";

/** What one look at the whole workspace comes to. */
export interface Evaluated {
	readonly model: Model;
	readonly findings: readonly Finding[];
	/** How many findings comments have silenced. */
	readonly suppressed: number;
	readonly byFile: ReadonlyMap<string, readonly Finding[]>;
}

/** What all files come to that the look at the whole begins with: most edits leave it as it is. */
interface Parts extends FoundClients {
	readonly files: readonly string[];
	/** Files that size pools. */
	readonly sizing: readonly string[];
	readonly configs: readonly PoolConfig[];
}

const NO_PARTS: Parts = { files: [], sizing: [], configs: [], made: [], classes: [], modules: [] };

function isSameParts(a: Parts, b: Parts): boolean {
	return PARTS.every((key) => a[key].length === b[key].length && a[key].every((item, index) => item === b[key][index]));
}

const PARTS = ["files", "sizing", "configs", "made", "classes", "modules"] as const;

/**
 * The analysis of one listing of files under one set of settings. What it works out is kept with what it rests on, so that after
 * an edit only what rests on the edited file is worked out anew; the outcome is the same as that of a first look.
 */
export class Evaluation {
	readonly resolver: Resolver;
	readonly imports: ImportGraph;
	readonly #workspace: TrackedWorkspace;
	readonly #tracked: TrackedFacts;
	readonly #places: Places;
	readonly #files: AnalysedFiles;
	readonly #clients: ClientFinder;
	readonly #poolSites: PoolSites;
	readonly #transactions: Transactions;
	readonly #model: FileModel;
	readonly #rules: readonly Rule[];
	readonly #inFile: Table<string, readonly Finding[]>;
	readonly #parts: Cell<Parts>;
	readonly #whole: Table<"workspace", { readonly model: Model; readonly found: readonly Finding[] }>;
	/** By the file whose transactions or clients they limit. */
	readonly #limits: Table<string, readonly Limit[]>;

	constructor(
		live: LiveWorkspace,
		private readonly store: SourceStore,
		settings: Settings,
	) {
		const derivations = new Derivations();
		const workspace = new TrackedWorkspace(live, derivations);
		this.#workspace = workspace;
		this.#rules = RULES.filter(({ meta }) => settings.rules[meta.id] !== "off");
		this.#tracked = new TrackedFacts(store, derivations);
		this.resolver = createResolver(live, (file) => store.text(file));
		this.imports = new ImportGraph(store, this.resolver, derivations);
		const linker = new Linker(this.#tracked, this.resolver, settings.cachingHelpers);
		this.#places = new Places(derivations);
		const calls = new CallGraph(linker, this.#places, this.imports);
		const runs = new RunCounter(linker, calls);
		const creations = new Creations(linker, calls, runs);
		this.#clients = new ClientFinder(linker, workspace, this.imports, creations);
		this.#poolSites = new PoolSites(linker, workspace, creations);
		this.#transactions = new Transactions(linker, this.#places);
		this.#files = new AnalysedFiles(store, linker, workspace, this.imports, creations, this.#places, this.#transactions);
		this.#inFile = new Table(derivations);
		this.#parts = new Cell<Parts>(derivations, NO_PARTS, isSameParts);
		this.#whole = new Table(derivations);
		this.#limits = new Table(derivations);
		const clientsOf = (file: string) => this.#clients.of(file);
		this.#model = { workspace, settings, linker, places: this.#places, calls, runs, clientsOf, transactions: this.#transactions };
	}

	/** A source has another text; `before` is what it imported. */
	fileChanged(file: string, before: readonly string[]): void {
		this.#tracked.changed(file);
		this.imports.update(file, before);
	}

	/** Packages, schemas or settings have changed; false when so much did that an evaluation has to begin anew. */
	workspaceChanged(): boolean {
		return this.#workspace.follow();
	}

	run(): Evaluated {
		const files = this.#files.settle();
		this.#parts.settle({
			files,
			sizing: files.filter((file) => this.store.texts.get(file)?.sizesPools),
			configs: files.flatMap((file) => this.#poolSites.configsIn(file)),
			...this.#clients.in(files),
		});
		const { model, found } = this.#whole.get("workspace", () => this.#lookAtAll(this.#parts.value));
		const { findings, suppressed } = heedComments(model, [...found, ...files.flatMap((file) => this.#findingsIn(file))]);
		return { model, findings, suppressed, byFile: groupByFile(findings) };
	}

	/** What can be said only of all files together. */
	#lookAtAll(parts: Parts): { readonly model: Model; readonly found: readonly Finding[] } {
		const { files, sizing, configs } = parts;
		const { workspace, linker } = this.#model;
		const clients = this.#clients.group(parts);
		const pools = new Pools({ workspace, linker, clients, files: sizing, configs, sites: this.#poolSites });
		const limitsIn = (file: string) => this.#limitsIn(file);
		const model: Model = { ...this.#model, files, clients, pools, limitsIn };
		const found = this.#rules.flatMap((rule) =>
			rule.scope === "workspace" ? [...rule.check(model)].map((finding) => toFinding(rule, finding, model)) : [],
		);
		return { model, found };
	}

	#limitsIn(file: string): readonly Limit[] {
		const set = (other: string) => this.#limits.get(other, () => [...transactionLimits(this.#model, other)]);
		return this.#parts.value.files.flatMap((other) => set(other).filter((limit) => limit.file === file));
	}

	#findingsIn(file: string): readonly Finding[] {
		return this.#inFile.get(file, () =>
			this.#rules.flatMap((rule) =>
				rule.scope === "file" ? [...rule.check(this.#model, file)].map((finding) => toFinding(rule, finding, this.#model)) : [],
			),
		);
	}
}
