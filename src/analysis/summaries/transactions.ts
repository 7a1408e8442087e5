import type { Linker } from "./linker.js";
import { nameIndex } from "./name-index.js";
import { Handles } from "./transaction-handles.js";
import { type Limit, limitsOf, type Options } from "./transaction-limits.js";
import { type Happening, Reach } from "./transaction-reach.js";
import type { TransactionSite, TransactionSites, Wrapper } from "./transaction-sites.js";

/** An interactive transaction of an app file, and what happens while it is open. */
export interface Transaction extends TransactionSite {
	readonly happenings: readonly Happening[];
}

export interface Transactions {
	readonly all: readonly Transaction[];
	readonly wrappers: readonly Wrapper[];
	/** What calls of `$transaction` and of its wrappers set as limits. */
	readonly limits: readonly Limit[];
}

/** Follows each transaction that was found in `files` into everything it awaits. */
export function findTransactions(
	linker: Linker,
	files: readonly string[],
	{ transactions, wrappers, identities }: TransactionSites,
): Transactions {
	const opening = new Set(transactions.map(({ file, call }) => `${file}:${call}`));
	const reach = new Reach(linker, new Handles(linker, identities), (file, call) => opening.has(`${file}:${call}`));
	const all = transactions.map((site): Transaction => ({ ...site, happenings: reach.happenings(site) }));
	const byFile = new Map<string, Transaction[]>();
	for (const site of all) byFile.set(site.file, [...(byFile.get(site.file) ?? []), site]);
	const limits = files.flatMap((file) => optionsIn(linker, file, byFile.get(file) ?? [])).flatMap((options) => limitsOf(linker, options));
	return { all, wrappers, limits };
}

/** Options given to `$transaction` itself, and those that reach it through a wrapper. */
function optionsIn(linker: Linker, file: string, sites: readonly Transaction[]): Options[] {
	const facts = linker.facts(file);
	const named = facts ? (nameIndex(facts).calls.get("$transaction") ?? []) : [];
	const direct = named.flatMap((index): Options[] => {
		const call = facts?.calls[index];
		const options = call?.args[1];
		return call?.callee.k === "member" && options ? [{ file, at: call.function, options }] : [];
	});
	const wrapped = sites.flatMap((site): Options[] => {
		const call = site.receiver === null ? facts?.calls[site.call] : undefined;
		return call && site.options ? [{ file, at: call.function, options: site.options }] : [];
	});
	return [...direct, ...wrapped];
}
