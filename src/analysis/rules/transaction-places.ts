import type { Happening } from "../summaries/transaction-reach.js";
import type { Transaction } from "../summaries/transactions.js";
import { headSpan } from "./places.js";
import type { FileModel, Place } from "./types.js";

interface HappeningIn {
	readonly transaction: Transaction;
	readonly happening: Happening;
}

/** What happens in the transactions that an app's file opens. */
export function happeningsIn(model: FileModel, file: string): readonly HappeningIn[] {
	if (model.workspace.roleOf(file) !== "app") return [];
	return model.transactions.of(file).all.flatMap((transaction) => transaction.happenings.map((happening) => ({ transaction, happening })));
}

/** "charge()", or "charge() → post()" for what a helper's helper does. */
export function calleePhrase({ path, what }: Happening): string {
	const callee = what.k === "wait" ? what.callee : null;
	const names = path.length > 0 ? path : [callee ?? ""];
	const shown = names.filter((name) => name !== "").slice(0, 4);
	return shown.length > 0 ? shown.map((name) => `${name}()`).join(" → ") : "This call";
}

export function openedAt(model: FileModel, { file, call }: Transaction): Place {
	const fact = model.linker.facts(file)?.calls[call];
	return { file, span: fact ? headSpan(fact) : { start: 0, end: 0 } };
}

/** The transaction's body as a related place, when it stands in another file than the call that opens it. */
export function bodyPlace(model: FileModel, { file, body }: Transaction): { readonly place: Place; readonly message: string }[] {
	const span = model.linker.facts(body.file)?.functions[body.id]?.span;
	if (body.file === file || !span) return [];
	return [{ place: { file: body.file, span: { start: span.start, end: span.start } }, message: "The transaction runs this function." }];
}

/** What the body calls its transaction client; null where it takes none. */
export function txName(model: FileModel, { body, txParameter }: Transaction): string | null {
	const facts = model.linker.facts(body.file);
	const id = txParameter === null ? undefined : facts?.functions[body.id]?.params[txParameter];
	return (id === undefined ? null : facts?.bindings[id]?.name) || null;
}
