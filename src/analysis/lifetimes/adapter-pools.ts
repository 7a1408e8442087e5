import type { ClassId, Expr, FileFacts, FunctionId } from "../facts/index.js";
import type { AdapterSite, PoolSite } from "../pools/index.js";
import type { Place } from "../rules/types.js";
import type { Linker } from "../summaries/linker.js";
import { nameIndex } from "../summaries/name-index.js";

/** A pool that is handed to an adapter, and that `$disconnect` therefore leaves open. */
export interface ExternalPool {
	readonly site: PoolSite;
	readonly adapter: AdapterSite;
	/** The adapter's argument. */
	readonly argument: Place;
}

/**
 * The pool an adapter is given, where only its maker can end it: the adapter is not told to dispose of it, nothing calls `end()` on it
 * and nobody else uses it, who would then need it open.
 */
export function externalPool(linker: Linker, adapter: AdapterSite): ExternalPool | null {
	const facts = linker.facts(adapter.file);
	const made = facts?.news[adapter.id];
	const [site, ...others] = adapter.pools;
	const span = made?.argSpans[0];
	if (!facts || !made || !site || !span || others.length > 0 || adapter.driver.kind !== "pg") return null;
	if (mayDispose(linker, adapter.file, made.args[1], made.function) || isEnded(linker, site) || isUsedElsewhere(linker, site, adapter))
		return null;
	return { site, adapter, argument: { file: adapter.file, span } };
}

function mayDispose(linker: Linker, file: string, options: Expr | undefined, at: FunctionId): boolean {
	if (options === undefined) return false;
	const values = linker.values(file, options, at);
	return (
		values.length === 0 ||
		values.some((value) => {
			if (value.k !== "object" || value.expression.spreads.length > 0) return true;
			const dispose = value.expression.entries.find(({ key }) => key === "disposeExternalPool")?.value;
			return dispose !== undefined && !(dispose.k === "literal" && dispose.value === false);
		})
	);
}

/** `pool.end()`, also on something that cannot be followed and may be the pool. */
function isEnded(linker: Linker, { file, id }: PoolSite): boolean {
	const facts = linker.facts(file);
	const ends = facts === undefined ? [] : (nameIndex(facts).calls.get("end") ?? []);
	return ends.some((index) => {
		const call = facts?.calls[index];
		if (call?.callee.k !== "member") return false;
		const values = linker.values(file, call.callee.of, call.function);
		return values.length === 0 || values.some((value) => value.k === "instance" && value.file === file && value.id === id);
	});
}

/** Queried, exported or handed to something beside the adapter. */
function isUsedElsewhere(linker: Linker, site: PoolSite, adapter: AdapterSite): boolean {
	const facts = linker.facts(site.file);
	if (!facts || site.file !== adapter.file) return true;
	const isPool = (expression: Expr, at: FunctionId): boolean =>
		(expression.k === "binding" || expression.k === "member") &&
		linker.values(site.file, expression, at).some((value) => value.k === "instance" && value.file === site.file && value.id === site.id);
	return (
		facts.exports.some((fact) => fact.value !== null && isPool(fact.value, 0)) ||
		facts.calls.some(
			(call) =>
				(call.callee.k === "member" && call.callee.name !== "on" && isPool(call.callee.of, call.function)) ||
				call.args.some((argument) => isPool(argument, call.function)),
		) ||
		facts.news.some((fact, id) => id !== adapter.id && fact.args.some((argument) => isPool(argument, fact.function)))
	);
}

/** The class whose code a function is, callbacks in it included. */
export function classAround(facts: FileFacts, at: FunctionId): ClassId | null {
	for (let id: FunctionId | null = at; id !== null; id = facts.functions[id]?.parent ?? null) {
		const classId = facts.functions[id]?.classId ?? null;
		if (classId !== null) return classId;
	}
	return null;
}
