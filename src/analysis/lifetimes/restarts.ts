import type { FileFacts, FunctionId } from "../facts/index.js";
import type { FileModel } from "../rules/types.js";
import type { CallSite } from "../summaries/call-graph.js";
import { rootsOf } from "../summaries/retention.js";
import { type FunctionRef, keyOf } from "../summaries/values.js";

const MAX_DEPTH = 8;

/**
 * Whether what stands at a place of an instance method can happen twice on one instance: no path to it is a constructor's, none looks at
 * a flag or handle of its own first, and somebody other than a program's start may call it.
 */
export function canRunAgain(model: FileModel, site: CallSite): boolean {
	const facts = model.linker.facts(site.file);
	const fact = facts?.functions[site.function];
	if (!facts || !fact || fact.isStatic) return false;
	return mayRepeat(model, site, new Set());
}

function mayRepeat(model: FileModel, site: CallSite, seen: Set<string>): boolean {
	const facts = model.linker.facts(site.file);
	const method = facts && methodAround(facts, site.function);
	if (!facts || method === null || method === undefined || isGuarded(model, facts, site)) return false;
	const ref: FunctionRef = { file: site.file, id: method };
	if (seen.has(keyOf(ref)) || seen.size > MAX_DEPTH) return false;
	seen.add(keyOf(ref));
	const kind = facts.functions[method]?.kind;
	if (kind === "constructor" || kind === "field" || kind === "module") return false;
	const callers = model.calls.callersOf(ref);
	if (callers.length === 0) return isReachable(facts, method);
	return callers.some((caller) => (isInMethod(model, caller) ? mayRepeat(model, caller, seen) : !isStart(model, caller, new Set())));
}

/** The function that a place belongs to, callbacks left out. */
function methodAround(facts: FileFacts, at: FunctionId): FunctionId {
	let id = at;
	for (let fact = facts.functions[id]; fact?.kind === "arrow" && fact.parent !== null && fact.parent !== 0; fact = facts.functions[id]) {
		if (fact.sink.k === "variable" || fact.sink.k === "field") break;
		id = fact.parent;
	}
	return id;
}

function isInMethod(model: FileModel, { file, function: at }: CallSite): boolean {
	const facts = model.linker.facts(file);
	return facts !== undefined && facts.functions[methodAround(facts, at)]?.classId != null;
}

/** Nobody here calls it: a method is there to be called, a local function is not. */
function isReachable(facts: FileFacts, at: FunctionId): boolean {
	return facts.functions[at]?.kind === "method";
}

/** Whether a call happens once in a program: at the top of a module, or in a function that only such calls run. */
function isStart(model: FileModel, site: CallSite, seen: Set<string>): boolean {
	if (site.kind === "callback") return false;
	const facts = model.linker.facts(site.file);
	const fact = facts?.functions[site.function];
	if (!facts || !fact) return false;
	if (fact.kind === "module") return true;
	const key = `${site.file}#${site.function}`;
	if (seen.has(key) || seen.size > MAX_DEPTH) return false;
	seen.add(key);
	if (fact.kind === "constructor" || fact.kind === "field") return model.runs.runs({ file: site.file, id: site.function }).k === "once";
	const callers = model.calls.callersOf({ file: site.file, id: site.function });
	return callers.length > 0 && callers.every((caller) => isStart(model, caller, seen));
}

/** A condition on something that the same class or module sets: `if (this.timer) return;`. */
function isGuarded(model: FileModel, facts: FileFacts, site: CallSite): boolean {
	const context = model.calls.fact(site)?.context ?? [];
	const guards = context.flatMap((step) => (step.k === "branch" ? rootsOf(facts, step.condition, site.function) : []));
	if (guards.length === 0) return false;
	const set = facts.assignments
		.filter((fact) => facts.functions[fact.function]?.kind !== "constructor")
		.flatMap((fact) => rootsOf(facts, fact.target, fact.function));
	return set.some((root) => !root.startsWith("local") && guards.includes(root));
}
