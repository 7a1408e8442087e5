import type { Expr, FileFacts, FunctionId } from "../facts/index.js";
import type { FileModel } from "../rules/types.js";
import { argumentOf, type CallSite } from "../summaries/call-graph.js";
import { handlerCause } from "../summaries/handlers.js";
import { type FunctionRef, keyOf } from "../summaries/values.js";

const MAX_DEPTH = 6;

/** Functions that are there to close something: the mistake is to call them. */
const CLOSER_NAME = /disconnect|close|shut_?down|release|clean_?up|destroy|dispose|teardown|stop|end|done|quit/i;

/**
 * Where a call made in request handlers and jobs is to be taken out: the call itself, or the call of the wrapper that is there to make
 * it.
 */
export function handlerSitesOf(model: FileModel, site: CallSite): readonly CallSite[] {
	const found: CallSite[] = [];
	lift(model, site, site, found, new Set(), 0);
	return found;
}

function lift(model: FileModel, site: CallSite, culprit: CallSite, found: CallSite[], seen: Set<string>, depth: number): void {
	const facts = model.linker.facts(site.file);
	if (!facts || depth > MAX_DEPTH || model.workspace.roleOf(site.file) !== "app") return;
	for (let id: FunctionId | null = site.function; id !== null && id !== 0; ) {
		const ref: FunctionRef = { file: site.file, id };
		if (isHandler(model, facts, ref)) {
			found.push(culprit);
			return;
		}
		const fact: FileFacts["functions"][number] | undefined = facts.functions[id];
		const inline = fact ? argumentOf(fact.sink) : null;
		if (inline && fact?.parent != null) {
			if (!runsInPlace(facts, inline)) return;
			id = fact.parent;
			continue;
		}
		if (seen.has(keyOf(ref))) return;
		seen.add(keyOf(ref));
		const isCloser = culprit === site && CLOSER_NAME.test(nameOf(facts, id));
		for (const caller of model.calls.callersOf(ref)) {
			if (caller.kind === "call") lift(model, caller, isCloser ? caller : culprit, found, seen, depth + 1);
		}
		return;
	}
}

function nameOf(facts: FileFacts, id: FunctionId): string {
	const fact = facts.functions[id];
	return fact?.name ?? (fact?.sink.k === "variable" ? facts.bindings[fact.sink.binding]?.name : undefined) ?? "";
}

/**
 * A callback of `.then`, `.finally`, `Promise.all` and the like runs with the function around it, and one for the end of its request
 * (`res.on("finish", …)`) as often; another listener does not.
 */
function runsInPlace(facts: FileFacts, target: NonNullable<ReturnType<typeof argumentOf>>): boolean {
	const callee = target.kind === "call" ? facts.calls[target.index]?.callee : undefined;
	if (callee?.k === "member" && /^(on|once|addListener)$/.test(callee.name ?? "")) return isOfRequest(facts, callee.of);
	return callee?.k !== "member" || /^(then|catch|finally|map|forEach|all|allSettled|race|waitUntil|run)$/.test(callee.name ?? "");
}

/** `res`, `reply.raw`: what a handler was given. */
function isOfRequest(facts: FileFacts, receiver: Expr): boolean {
	if (receiver.k === "member") return isOfRequest(facts, receiver.of);
	const binding = receiver.k === "binding" ? facts.bindings[receiver.id] : undefined;
	return binding?.kind === "parameter" && /^_?(req|request|res|response|reply|ctx|c)$/i.test(binding.name);
}

const COMMAND_LINE = /^(yargs|commander|cac|sade|@oclif\/|citty|clipanion|meow)/;

function isHandler(model: FileModel, facts: FileFacts, ref: FunctionRef): boolean {
	const cause = handlerCause(model.linker, ref);
	if (cause !== "per request" && cause !== "per job") return false;
	return !facts.imports.some(({ specifier }) => COMMAND_LINE.test(specifier));
}
