import type { BindingId, CallFact, Expr, FileFacts, Sink } from "../facts/index.js";
import type { FileModel } from "../rules/types.js";
import type { Linker } from "../summaries/linker.js";
import { lastName, nameIndex } from "../summaries/name-index.js";
import type { Places } from "../summaries/places.js";
import { endOf, somePart } from "./expressions.js";

/** What becomes of the handle that `setInterval` returns. */
export type Handle =
	/** Nothing holds it: the interval cannot be cleared. */
	| { readonly k: "dropped" }
	/** A variable or member holds it, and nothing clears it. */
	| { readonly k: "stored"; readonly name: string; readonly binding: BindingId | null }
	/** A collection holds it, in a file that clears nothing. */
	| { readonly k: "collected" }
	/** Somebody clears it, or may: it is handed on. */
	| { readonly k: "cleared" };

export interface Interval {
	readonly file: string;
	/** Index of the call in its file. */
	readonly call: number;
	readonly fact: CallFact;
	readonly handle: Handle;
}

/** The intervals a file starts, and whether somebody in the workspace clears them. */
export function intervalsIn({ linker, places }: FileModel, file: string): Interval[] {
	const facts = linker.facts(file);
	const started = facts ? (nameIndex(facts).calls.get("setInterval") ?? []) : [];
	if (!facts || started.length === 0) return [];
	const cleared = clearedNames(linker, places);
	return started.flatMap((call) => {
		const fact = facts.calls[call];
		if (!fact || !isTimer(fact.callee)) return [];
		return [{ file, call, fact, handle: handleOf(facts, fact, cleared) }];
	});
}

/** `setInterval`, `global.setInterval`; not a method of that name. */
function isTimer(callee: Expr): boolean {
	if (callee.k === "global") return true;
	return callee.k === "member" && callee.of.k === "global" && /^(global|globalThis|window|timers)$/.test(callee.of.name);
}

/** Last names of what is passed to `clearInterval` and the like, or closed by other means. */
function clearedNames(linker: Linker, places: Places): ReadonlySet<string> {
	const names = new Set<string>();
	for (const file of places.callers(["clearInterval", "clearTimeout"])) {
		const facts = linker.facts(file);
		if (!facts) continue;
		for (const method of ["clearInterval", "clearTimeout"]) {
			for (const call of nameIndex(facts).calls.get(method) ?? []) {
				for (const argument of facts.calls[call]?.args ?? []) addNames(facts, argument, names);
			}
		}
	}
	return names;
}

function addNames(facts: FileFacts, argument: Expr, names: Set<string>): void {
	somePart(facts, argument, (part) => {
		const name = part.k === "member" || part.k === "binding" ? lastName(facts, part) : null;
		if (name !== null) names.add(name);
		return false;
	});
}

function handleOf(facts: FileFacts, fact: CallFact, cleared: ReadonlySet<string>): Handle {
	const end = endOf(fact.sink);
	switch (end.k) {
		case "discarded":
			return { k: "dropped" };
		case "variable":
			return ofVariable(facts, end.binding, cleared);
		case "field":
			return cleared.has(end.name) ? { k: "cleared" } : { k: "stored", name: end.name, binding: null };
		case "assign": {
			if (end.target.k === "binding") return ofVariable(facts, end.target.id, cleared);
			const name = lastName(facts, end.target);
			return name === null || cleared.has(name) ? { k: "cleared" } : { k: "stored", name, binding: null };
		}
		case "argument":
			return isPutAway(facts, end) && !mayClear(facts) ? { k: "collected" } : { k: "cleared" };
		default:
			return { k: "cleared" };
	}
}

/** `timers.set(id, setInterval(…))`, `timers.push(setInterval(…))` into what the file keeps for itself. */
function isPutAway(facts: FileFacts, { call }: Sink & { readonly k: "argument" }): boolean {
	const callee = facts.calls[call]?.callee;
	if (callee?.k !== "member" || !/^(set|push|add)$/.test(callee.name ?? "")) return false;
	const { of } = callee;
	const isExported = facts.exports.some(({ value }) => value?.k === "binding" && of.k === "binding" && value.id === of.id);
	return !isExported && (of.k === "member" || (of.k === "binding" && facts.bindings[of.id]?.kind === "const"));
}

/** Whether a file speaks of clearing timers: by a call, or by handing the function on. */
function mayClear(facts: FileFacts): boolean {
	const { calls, handedOver } = nameIndex(facts);
	const isCleared = ["clearInterval", "clearTimeout"].some((name) => calls.has(name) || handedOver.has(name));
	return (
		isCleared ||
		facts.calls.some(({ args }) => args.some((argument) => argument.k === "global" && /^clear(Interval|Timeout)$/.test(argument.name)))
	);
}

function ofVariable(facts: FileFacts, id: BindingId, cleared: ReadonlySet<string>): Handle {
	const name = facts.bindings[id]?.name ?? "";
	if (cleared.has(name) || isHandedOn(facts, id)) return { k: "cleared" };
	return { k: "stored", name, binding: id };
}

/** Returned, passed on or kept elsewhere: whoever has it may clear it. */
function isHandedOn(facts: FileFacts, id: BindingId): boolean {
	const speaksOf = (expression: Expr): boolean => somePart(facts, expression, (part) => part.k === "binding" && part.id === id);
	return (
		facts.calls.some((call) => call.args.some(speaksOf)) ||
		facts.news.some((fact) => fact.args.some(speaksOf)) ||
		facts.functions.some((fact) => fact.returns.some(speaksOf)) ||
		facts.assignments.some((fact) => fact.target.k === "member" && speaksOf(fact.value)) ||
		facts.exports.some((fact) => fact.value !== null && speaksOf(fact.value))
	);
}
