import type { Creations } from "../summaries/creations.js";
import type { Linker } from "../summaries/linker.js";
import type { Places } from "../summaries/places.js";
import type { Transactions } from "../summaries/transactions.js";
import type { Workspace } from "../workspace/index.js";
import { CarrierFiles } from "./carriers.js";
import type { ImportGraph } from "./import-graph.js";
import { LifetimeFiles } from "./lifetime-files.js";
import type { SourceStore } from "./source-store.js";
import { WrapperUsers } from "./wrapper-users.js";

/** Wrappers of wrappers, each imported by further files. */
const MAX_ROUNDS = 3;
/** Options of clients, adapters and pools may come from config modules that many imports lead to. */
const OPTION_DEPTH = 2;

/** Which files are analysed: those whose text speaks of Prisma, and those that clients, listeners and transactions lead to. */
export class AnalysedFiles {
	readonly #carriers: CarrierFiles;
	readonly #lifetimes: LifetimeFiles;
	readonly #wrapperUsers: WrapperUsers;
	#last: ReadonlySet<string> = new Set();

	constructor(
		private readonly store: SourceStore,
		private readonly linker: Linker,
		private readonly workspace: Workspace,
		private readonly imports: ImportGraph,
		creations: Creations,
		private readonly places: Places,
		private readonly transactions: Transactions,
	) {
		this.#carriers = new CarrierFiles(linker, workspace, imports, creations);
		this.#lifetimes = new LifetimeFiles(linker, workspace, imports);
		this.#wrapperUsers = new WrapperUsers(linker, imports);
	}

	/** The files in path order; what depends on all of them follows from here on. */
	settle(): readonly string[] {
		const files = new Set(this.store.wanted);
		this.#addConnectionOptions(files);
		this.#lifetimes.addIntervals(files);
		this.#carriers.addTo(files);
		this.#lifetimes.addHookImports(files);
		this.#lifetimes.addCloserCalls(files);
		this.#lifetimes.addPoolEnds(files);
		let found = this.#findTransactions(files);
		for (let round = 0; round < MAX_ROUNDS && this.#wrapperUsers.addTo(files, found.wrappers.values()); round++)
			found = this.#findTransactions(files);
		this.transactions.settle(found);
		for (const file of this.#last) if (!files.has(file)) this.places.set(file, undefined);
		this.#last = files;
		return [...files].sort();
	}

	#findTransactions(files: ReadonlySet<string>) {
		for (const file of files) this.places.set(file, this.linker.facts(file));
		return this.transactions.find([...files].sort().filter((file) => this.workspace.roleOf(file) === "app"));
	}

	#addConnectionOptions(files: Set<string>): void {
		let open = [...files].filter((file) => this.imports.text(file)?.opensConnections);
		for (let depth = 0; depth < OPTION_DEPTH; depth++) {
			open = open.flatMap((file) => this.imports.importsOf(file));
			for (const file of open) if (this.imports.mayHoldOptions(file)) files.add(file);
		}
	}
}
