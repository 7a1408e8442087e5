import type { FileFacts } from "../facts/index.js";
import type { ClientSite } from "./creations.js";
import { nameIndex } from "./name-index.js";
import { type Retention, rootsOf, storedIn } from "./retention.js";

/** A site that makes a client, and what becomes of the client. */
export type KeptSite = ClientSite & { readonly retention: Retention };

/**
 * Whether a site puts its client where another one of the file keeps a lazy one, without looking whether one is there:
 * `reset() { Db.client = new PrismaClient(); }` beside `get() { return (Db.client ??= new PrismaClient()); }`. A function that closes
 * a client may be closing the old one.
 */
export function fillsPlaceOf(facts: FileFacts, { fact, retention }: KeptSite, made: readonly KeptSite[]): boolean {
	if (retention.k === "kept" || fact.sink.k !== "assign" || !isMethodOrFunction(facts, fact.function)) return false;
	const closes = (nameIndex(facts).calls.get("$disconnect") ?? []).some((call) => facts.calls[call]?.function === fact.function);
	if (closes) return false;
	const places = rootsOf(facts, fact.sink.target, fact.function);
	return made.some(
		(other) =>
			other.retention.k === "kept" &&
			other.retention.where !== "cache" &&
			other.retention.slot !== null &&
			other.fact.function !== fact.function &&
			places.includes(other.retention.slot),
	);
}

/** Whether a function closes what is kept in a place before it puts its own client there: `await client?.$disconnect(); client = new Db()`. */
export function replacesClosed(facts: FileFacts, { fact }: Pick<ClientSite, "fact">): boolean {
	if (fact.function === 0) return false;
	const places = storedIn(facts, fact.sink, fact.function).filter((place) => !place.startsWith("local"));
	return (nameIndex(facts).calls.get("$disconnect") ?? []).some((index) => {
		const call = facts.calls[index];
		if (call?.function !== fact.function || call.callee.k !== "member" || call.span.start > fact.span.start) return false;
		return rootsOf(facts, call.callee.of, call.function).some((closed) => places.includes(closed));
	});
}

/** As opposed to code that runs when a module is loaded or an instance is built. */
function isMethodOrFunction(facts: FileFacts, at: number): boolean {
	const kind = facts.functions[at]?.kind;
	return kind === "function" || kind === "arrow" || kind === "method";
}
