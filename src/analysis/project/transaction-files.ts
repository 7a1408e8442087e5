import type { FileFacts } from "../facts/index.js";
import type { Resolver } from "../resolve/index.js";
import { type FactsSource, Linker } from "../summaries/linker.js";
import { findTransactionSites, namesOf, type Wrapper } from "../summaries/transaction-sites.js";
import { findTransactions, type Transactions } from "../summaries/transactions.js";
import { type FunctionRef, keyOf } from "../summaries/values.js";
import type { Workspace } from "../workspace/index.js";
import type { ImportGraph } from "./import-graph.js";
import type { SourceStore } from "./source-store.js";

/** Files read beside those whose text speaks of Prisma, for the sake of what transactions call. */
const MAX_OPENED = 600;
/** Wrappers of wrappers, each imported by further files. */
const MAX_ROUNDS = 3;

/**
 * Finds the workspace's transactions and follows them into what they await. Files are opened as they are reached: those that call
 * a wrapper, and those whose functions a transaction calls.
 */
export function readTransactions(store: SourceStore, resolver: Resolver, workspace: Workspace, imports: ImportGraph): Transactions {
	const linker = new Linker(new OpeningSource(store), resolver);
	const users = new WrapperUsers(store, linker, imports);
	const appFiles = (): readonly string[] => store.openedFiles.filter((file) => workspace.roleOf(file) === "app");
	let files = appFiles();
	let sites = findTransactionSites(linker, files);
	for (let round = 0; round < MAX_ROUNDS && users.open(sites.wrappers); round++) {
		files = appFiles();
		sites = findTransactionSites(linker, files);
	}
	return findTransactions(linker, files, sites);
}

/** Opens files on which the linker's questions come to rest. */
class OpeningSource implements FactsSource {
	private opened = 0;

	constructor(private readonly store: SourceStore) {}

	facts(file: string): FileFacts | undefined {
		const known = this.store.facts(file);
		if (known || this.opened >= MAX_OPENED) return known;
		this.opened++;
		return this.store.open(file);
	}
}

/** Opens the files that import a wrapper, directly or through barrels, and speak of it. */
class WrapperUsers {
	private readonly asked = new Set<string>();

	constructor(
		private readonly store: SourceStore,
		private readonly linker: Linker,
		private readonly imports: ImportGraph,
	) {}

	/** Says whether there were any that had not been read. */
	open(wrappers: readonly Wrapper[]): boolean {
		const before = new Set(this.store.openedFiles);
		let isNew = false;
		for (const { ref } of wrappers) {
			const names = namesOf(this.linker, ref).filter((name) => name !== "default");
			for (const file of this.importers(ref, before)) {
				const text = this.store.text(file);
				if (text !== undefined && names.some((name) => text.includes(name))) isNew = this.store.open(file) !== undefined || isNew;
			}
		}
		return isNew;
	}

	/** Importers that were neither read nor asked before, in path order. */
	private importers(ref: FunctionRef, read: ReadonlySet<string>): readonly string[] {
		const found: string[] = [];
		const open = [ref.file];
		for (let file = open.pop(); file !== undefined; file = open.pop()) {
			for (const importer of this.imports.importersOf(file)) {
				const key = `${keyOf(ref)} ${importer}`;
				if (this.asked.has(key)) continue;
				this.asked.add(key);
				if (this.imports.text(importer)?.isBarrel) open.push(importer);
				if (!read.has(importer)) found.push(importer);
			}
		}
		return found.sort();
	}
}
