import type { Expr, FunctionId } from "../facts/index.js";
import type { Linker } from "./linker.js";
import { Handles } from "./transaction-handles.js";
import { type Happening, Reach } from "./transaction-reach.js";
import type { TransactionSite, TransactionSites, Wrapper } from "./transaction-sites.js";

/** An interactive transaction of an app file, and what happens while it is open. */
export interface Transaction extends TransactionSite {
	readonly happenings: readonly Happening[];
}

/** A call of `$transaction`, or of a wrapper of it, with the options it was given. */
export interface TransactionOptions {
	readonly file: string;
	readonly at: FunctionId;
	readonly options: Expr;
}

export interface Transactions {
	readonly all: readonly Transaction[];
	readonly wrappers: readonly Wrapper[];
	readonly options: readonly TransactionOptions[];
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
	return { all, wrappers, options: files.flatMap((file) => optionsIn(linker, file, all)) };
}

/** Options given to `$transaction` itself, and those that reach it through a wrapper. */
function optionsIn(linker: Linker, file: string, all: readonly Transaction[]): TransactionOptions[] {
	const facts = linker.facts(file);
	const direct = (facts?.calls ?? []).flatMap((call): TransactionOptions[] => {
		const [, options] = call.args;
		const isTransaction = call.callee.k === "member" && call.callee.name === "$transaction";
		return isTransaction && options ? [{ file, at: call.function, options }] : [];
	});
	const wrapped = all.flatMap((site): TransactionOptions[] => {
		const call = site.file === file && site.receiver === null ? facts?.calls[site.call] : undefined;
		return call && site.options ? [{ file, at: call.function, options: site.options }] : [];
	});
	return [...direct, ...wrapped];
}
