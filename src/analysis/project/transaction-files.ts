import type { FileFacts } from "../facts/index.js";
import type { Resolver } from "../resolve/index.js";
import { type FactsSource, Linker } from "../summaries/linker.js";
import { findTransactionSites, namesOf, type TransactionSites, type Wrapper } from "../summaries/transaction-sites.js";
import { findTransactions, type Transactions } from "../summaries/transactions.js";
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
	const isApp = (file: string): boolean => workspace.roleOf(file) === "app";
	let files = store.openedFiles.filter(isApp);
	let sites = findTransactionSites(linker, files);
	for (let round = 0; round < MAX_ROUNDS && openUsers(store, linker, imports, sites, isApp); round++) {
		files = store.openedFiles.filter(isApp);
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

/** Opens the files that speak of a wrapper and import it; says whether there were any that had not been read. */
function openUsers(
	store: SourceStore,
	linker: Linker,
	imports: ImportGraph,
	sites: TransactionSites,
	isApp: (file: string) => boolean,
): boolean {
	const opened = new Set(store.openedFiles);
	let isNew = false;
	for (const wrapper of sites.wrappers) {
		for (const file of usersOf(store, linker, imports, wrapper)) {
			if (opened.has(file) || !isApp(file)) continue;
			opened.add(file);
			isNew = store.open(file) !== undefined || isNew;
		}
	}
	return isNew;
}

function usersOf(store: SourceStore, linker: Linker, imports: ImportGraph, { ref }: Wrapper): readonly string[] {
	const names = namesOf(linker, ref).filter((name) => name !== "default");
	const users = new Set<string>();
	const seen = new Set([ref.file]);
	const open = [ref.file];
	for (let file = open.pop(); file !== undefined; file = open.pop()) {
		for (const importer of imports.importersOf(file)) {
			if (seen.has(importer)) continue;
			seen.add(importer);
			if (imports.text(importer)?.isBarrel) open.push(importer);
			const text = store.text(importer);
			if (text !== undefined && names.some((name) => text.includes(name))) users.add(importer);
		}
	}
	return [...users].sort();
}
