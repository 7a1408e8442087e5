import type { Happening } from "../summaries/transaction-reach.js";
import type { Transaction } from "../summaries/transactions.js";
import { bodyPlace, calleePhrase, happeningsIn, openedAt, txName } from "./transaction-places.js";
import type { FileModel, Rule, RuleFinding } from "./types.js";

export const outerClientInTransaction: Rule = {
	meta: {
		id: "outer-client-in-transaction",
		title: "The outer client is used inside a transaction",
		finds: "Queries on the outer client inside an interactive transaction, directly or through a helper that falls back to it.",
		severity: "error",
	},
	scope: "file",
	*check(model, file) {
		for (const { transaction, happening } of happeningsIn(model, file)) {
			if (happening.what.k === "outer" && transaction.txParameter !== null) yield finding(model, transaction, happening, happening.what);
		}
	},
};

function finding(model: FileModel, transaction: Transaction, happening: Happening, what: Happening["what"] & { k: "outer" }): RuleFinding {
	const tx = txName(model, transaction);
	return {
		severity: "error",
		place: happening.place,
		message: happening.inside ? throughHelper(happening, what, tx) : direct(what, tx),
		related: [
			...(happening.inside ? [{ place: happening.inside, message: `${what.client} is used here.` }] : []),
			{ place: openedAt(model, transaction), message: "The transaction is opened here." },
			...bodyPlace(model, transaction),
		],
		fixes: happening.inside && !what.fallback ? [] : ["use-tx-client"],
	};
}

const COST =
	"It is neither seen nor rolled back with the transaction, and it waits for a second connection: with a pool of 1 they dead-lock.";

const TAKE = "Take the transaction's client as the callback's parameter";

function direct({ client, opens }: Happening["what"] & { k: "outer" }, tx: string | null): string {
	if (opens)
		return `This opens a second transaction on ${client} inside the first. ${COST} ${tx ? `Use ${tx}` : `${TAKE}, and use it`} for the inner work too.`;
	return `This query runs on ${client}, outside the transaction it stands in. ${COST} ${tx ? `Use ${tx} instead` : `${TAKE}, and use it here`}.`;
}

function throughHelper(happening: Happening, { client, opens, fallback }: Happening["what"] & { k: "outer" }, tx: string | null): string {
	const does = opens ? `opens a second transaction on ${client}` : `runs a query on ${client}, outside the transaction`;
	const why = fallback ? " because it is given no transaction" : "";
	return `${calleePhrase(happening)} ${does}${why}. ${COST} ${tx ? `Pass ${tx} on to it` : `${TAKE}, and pass it on`}.`;
}
