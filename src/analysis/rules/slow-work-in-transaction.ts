import type { Happening } from "../summaries/transaction-reach.js";
import type { Transaction } from "../summaries/transactions.js";
import { bodyPlace, calleePhrase, happeningsIn, openedAt } from "./transaction-places.js";
import type { FileModel, Rule, RuleFinding } from "./types.js";

export const slowWorkInTransaction: Rule = {
	meta: {
		id: "slow-work-in-transaction",
		title: "Slow work inside a transaction",
		finds:
			"HTTP, SDK, mail, queue, cache, file and process calls and sleeps that an interactive transaction waits for, also through helpers.",
		severity: "warning",
	},
	scope: "file",
	*check(model, file) {
		for (const { transaction, happening } of happeningsIn(model, file)) {
			if (happening.what.k === "wait") yield finding(model, transaction, happening, happening.what.waitsFor);
		}
	},
};

function finding(model: FileModel, transaction: Transaction, happening: Happening, waitsFor: string): RuleFinding {
	return {
		severity: "warning",
		place: happening.place,
		message: `${calleePhrase(happening)} waits for ${waitsFor} while the transaction is open: its connection and row locks stay taken, and after the transaction's timeout (5 s unless set) the work is rolled back. Do this before or after the transaction.`,
		related: [
			...(happening.inside ? [{ place: happening.inside, message: `Waits for ${waitsFor} here.` }] : []),
			{ place: openedAt(model, transaction), message: "The transaction is opened here." },
			...bodyPlace(model, transaction),
		],
	};
}
