import type { CallFact, Expr, FileFacts, FunctionId } from "../facts/index.js";
import type { FileModel } from "../rules/types.js";
import { argumentOf } from "../summaries/call-graph.js";
import { lastName, nameIndex } from "../summaries/name-index.js";
import { isModelQuery, isQuery } from "../summaries/transaction-queries.js";
import { type FunctionRef, keyOf, makingSite, siteKey } from "../summaries/values.js";
import { type Disconnect, disconnectsIn } from "./disconnects.js";
import { reachedFrom } from "./event-handlers.js";
import { type Interval, intervalsIn } from "./intervals.js";

/** An interval of the whole process that queries a client which a signal's handler closes. */
export interface RestlessInterval {
	readonly interval: Interval;
	readonly closing: Disconnect;
}

const MAX_DEPTH = 6;

/**
 * Intervals that go on after the way down. A client that was closed connects anew for the next query, and the interval keeps the process
 * alive. Without a handler the signal ends the process, and so does a handler that exits: both are left alone.
 */
export function restlessIntervalsIn(model: FileModel, file: string): RestlessInterval[] {
	return intervalsIn(model, file).flatMap((interval) => {
		if (interval.handle.k === "cleared" || isUnrefed(model, interval)) return [];
		const { call, fact } = interval;
		if (model.runs.siteRuns({ file, kind: "call", index: call, function: fact.function }).k === "many") return [];
		const queried = queriedClients(model, interval);
		const closing = queried.size === 0 ? undefined : closedOnSignal(model, queried);
		return closing ? [{ interval, closing }] : [];
	});
}

function isUnrefed({ linker }: FileModel, { file, fact, handle }: Interval): boolean {
	if (fact.sink.k === "receiver" && fact.sink.member === "unref") return true;
	const facts = linker.facts(file);
	if (!facts || handle.k !== "stored") return false;
	return (nameIndex(facts).calls.get("unref") ?? []).some((index) => {
		const callee = facts.calls[index]?.callee;
		return callee?.k === "member" && lastName(facts, callee.of) === handle.name;
	});
}

/** Keys of the sites that make the clients which an interval's callback queries, itself or through what it calls. */
function queriedClients({ linker }: FileModel, { file, fact }: Interval): ReadonlySet<string> {
	const [callback] = fact.args;
	const start = callback ? linker.values(file, callback, fact.function) : [];
	const reached = reachedFrom(
		linker,
		start.flatMap((value) => (value.k === "function" ? [{ file: value.file, id: value.id }] : [])),
	);
	return new Set(
		reached.flatMap((ref) =>
			(linker.facts(ref.file)?.calls ?? [])
				.filter((call) => call.function === ref.id)
				.flatMap((call) => clientOf(call) ?? [])
				.flatMap((client) => linker.values(ref.file, client, ref.id).flatMap((value) => makingSite(value) ?? []))
				.map(siteKey),
		),
	);
}

/** `prisma` of `prisma.room.count()` and of `prisma.$queryRaw()`. */
function clientOf({ callee }: CallFact): Expr | null {
	if (callee.k !== "member" || !isQuery(callee.name)) return null;
	if (!isModelQuery(callee.name)) return callee.of;
	return callee.of.k === "member" ? callee.of.of : null;
}

function closedOnSignal(model: FileModel, clients: ReadonlySet<string>): Disconnect | undefined {
	for (const file of model.places.callers(["$disconnect", "close"])) {
		for (const disconnect of disconnectsIn(model.linker, file)) {
			const values = model.linker.values(file, disconnect.receiver, disconnect.fact.function);
			const isTheirs = values.some((value) => {
				const made = makingSite(value);
				return made !== null && clients.has(siteKey(made));
			});
			if (isTheirs && !mayExit(model, file) && runsOnSignal(model, file, disconnect.fact.function, new Set())) return disconnect;
		}
	}
	return undefined;
}

/** Whether a function runs when a signal comes: it handles it, or is called or handed on by what does, in files that exit nowhere. */
function runsOnSignal(model: FileModel, file: string, at: FunctionId, seen: Set<string>): boolean {
	const facts = model.linker.facts(file);
	if (!facts || seen.size > MAX_DEPTH) return false;
	for (let id: FunctionId | null = at; id !== null && id !== 0; ) {
		const fact: FileFacts["functions"][number] | undefined = facts.functions[id];
		const target = fact ? argumentOf(fact.sink) : null;
		if (target?.kind === "call") {
			if (listensToSignal(facts, facts.calls[target.index])) return true;
			// `server.close(async () => prisma.$disconnect())` comes later, on the same way down.
			id = fact?.parent ?? null;
			continue;
		}
		if (hasCallerOnSignal(model, { file, id }, seen)) return true;
		id = fact?.parent ?? null;
	}
	return false;
}

function hasCallerOnSignal(model: FileModel, ref: FunctionRef, seen: Set<string>): boolean {
	if (seen.has(keyOf(ref))) return false;
	seen.add(keyOf(ref));
	return model.calls.callersOf(ref).some((caller) => {
		const facts = model.linker.facts(caller.file);
		if (!facts || mayExit(model, caller.file)) return false;
		if (caller.kind === "callback" && listensToSignal(facts, facts.calls[caller.index])) return true;
		return runsOnSignal(model, caller.file, caller.function, seen);
	});
}

/** `process.on("SIGTERM", …)`, also for each of a list of signals. */
function listensToSignal(facts: FileFacts, call: CallFact | undefined): boolean {
	if (call?.callee.k !== "member" || !/^(on|once|addListener|prependListener)$/.test(call.callee.name ?? "")) return false;
	if (lastName(facts, call.callee.of) !== "process") return false;
	const [signal] = call.args;
	return signal !== undefined && (signal.k !== "literal" || /^SIG(TERM|INT|HUP|QUIT|USR2|BREAK)$/.test(String(signal.value)));
}

function mayExit({ linker }: FileModel, file: string): boolean {
	const facts = linker.facts(file);
	return facts !== undefined && ["exit", "kill", "abort"].some((name) => nameIndex(facts).calls.has(name));
}
