import type { Linker } from "./linker.js";
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
	const limits = files.flatMap((file) => optionsIn(linker, file, all)).flatMap((options) => limitsOf(linker, options));
	return { all, wrappers, limits };
}

/** Options given to `$transaction` itself, and those that reach it through a wrapper. */
function optionsIn(linker: Linker, file: string, all: readonly Transaction[]): Options[] {
	const facts = linker.facts(file);
	const direct = (facts?.calls ?? []).flatMap((call): Options[] => {
		const [, options] = call.args;
		const isTransaction = call.callee.k === "member" && call.callee.name === "$transaction";
		return isTransaction && options ? [{ file, at: call.function, options }] : [];
	});
	const wrapped = all.flatMap((site): Options[] => {
		const call = site.file === file && site.receiver === null ? facts?.calls[site.call] : undefined;
		return call && site.options ? [{ file, at: call.function, options: site.options }] : [];
	});
	return [...direct, ...wrapped];
}
