import type { FileFacts, FunctionId } from "../facts/index.js";
import type { Model } from "../rules/types.js";
import { argumentOf, type CallSite } from "../summaries/call-graph.js";
import { handlerCause } from "../summaries/handlers.js";
import { type FunctionRef, keyOf } from "../summaries/values.js";

const MAX_DEPTH = 6;

/** The places in request handlers and jobs that lead to a call, nearest to the handler; the call itself where it stands in one. */
export function handlerSitesOf(model: Model, site: CallSite): readonly CallSite[] {
	const found: CallSite[] = [];
	lift(model, site, found, new Set(), 0);
	return found;
}

function lift(model: Model, site: CallSite, found: CallSite[], seen: Set<string>, depth: number): void {
	const facts = model.linker.facts(site.file);
	if (!facts || depth > MAX_DEPTH || model.workspace.roleOf(site.file) !== "app") return;
	for (let id: FunctionId | null = site.function; id !== null && id !== 0; ) {
		const ref: FunctionRef = { file: site.file, id };
		if (isHandler(model, facts, ref)) {
			found.push(site);
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
		for (const caller of model.calls.callersOf(ref)) if (caller.kind === "call") lift(model, caller, found, seen, depth + 1);
		return;
	}
}

/** A callback of `.then`, `.finally`, `Promise.all` and the like runs with the function around it; a listener does not. */
function runsInPlace(facts: FileFacts, target: NonNullable<ReturnType<typeof argumentOf>>): boolean {
	const callee = target.kind === "call" ? facts.calls[target.index]?.callee : undefined;
	return callee?.k !== "member" || /^(then|catch|finally|map|forEach|all|allSettled|race|waitUntil|run)$/.test(callee.name ?? "");
}

const COMMAND_LINE = /^(yargs|commander|cac|sade|@oclif\/|citty|clipanion|meow)/;

function isHandler(model: Model, facts: FileFacts, ref: FunctionRef): boolean {
	const cause = handlerCause(model.linker, ref);
	if (cause !== "per request" && cause !== "per job") return false;
	return !facts.imports.some(({ specifier }) => COMMAND_LINE.test(specifier));
}
