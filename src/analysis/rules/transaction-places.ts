import type { Happening } from "../summaries/transaction-reach.js";
import type { Transaction } from "../summaries/transactions.js";
import { headSpan, placeKey } from "./places.js";
import type { Model, Place } from "./types.js";

/** What happens in each transaction, every place once though several transactions share a body. */
export function* happeningPlaces(model: Model): Iterable<{ readonly transaction: Transaction; readonly happening: Happening }> {
	const seen = new Set<string>();
	for (const transaction of model.transactions.all) {
		for (const happening of transaction.happenings) {
			const key = `${happening.what.k}:${placeKey(happening.place)}`;
			if (seen.has(key)) continue;
			seen.add(key);
			yield { transaction, happening };
		}
	}
}

/** "charge()", or "charge() → post()" for what a helper's helper does. */
export function calleePhrase({ path, what }: Happening): string {
	const callee = what.k === "wait" ? what.callee : null;
	const names = path.length > 0 ? path : [callee ?? ""];
	const shown = names.filter((name) => name !== "").slice(0, 4);
	return shown.length > 0 ? shown.map((name) => `${name}()`).join(" → ") : "This call";
}

export function openedAt(model: Model, { file, call }: Transaction): Place {
	const fact = model.linker.facts(file)?.calls[call];
	return { file, span: fact ? headSpan(fact) : { start: 0, end: 0 } };
}

/** The transaction's body as a related place, when it stands in another file than the call that opens it. */
export function bodyPlace(model: Model, { file, body }: Transaction): { readonly place: Place; readonly message: string }[] {
	const span = model.linker.facts(body.file)?.functions[body.id]?.span;
	if (body.file === file || !span) return [];
	return [{ place: { file: body.file, span: { start: span.start, end: span.start } }, message: "The transaction runs this function." }];
}

/** What the body calls its transaction client: `tx` where it has no name. */
export function txName(model: Model, { body, txParameter }: Transaction): string {
	const facts = model.linker.facts(body.file);
	const id = txParameter === null ? undefined : facts?.functions[body.id]?.params[txParameter];
	return (id === undefined ? "" : facts?.bindings[id]?.name) || "tx";
}
