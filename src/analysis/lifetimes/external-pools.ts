import type { NewFact } from "../facts/index.js";
import type { FileModel } from "../rules/types.js";
import { nameIndex } from "../summaries/name-index.js";
import { disconnectsIn } from "./disconnects.js";

/** A pool that a server makes itself and hands to an adapter. */
export interface ExternalPool {
	readonly poolFile: string;
	readonly pool: NewFact;
	/** Whether something ends it, or closes clients with it. */
	readonly isEnded: boolean;
}

const POOLED_ADAPTER = /^Prisma(Pg|Neon)$/;

/** Pools at the top of a module that are handed to the adapters a file makes. */
export function externalPoolsIn(model: FileModel, file: string): ExternalPool[] {
	const { linker } = model;
	return (linker.facts(file)?.news ?? []).flatMap((adapter) => {
		const isAdapter = linker
			.values(file, adapter.callee, adapter.function)
			.some((value) => value.k === "external" && POOLED_ADAPTER.test(value.path.at(-1) ?? ""));
		const [first] = adapter.args;
		if (!isAdapter || !first) return [];
		return linker.values(file, first, adapter.function).flatMap((value): ExternalPool[] => {
			if (value.k !== "instance" || value.id === null || value.of.k !== "external" || value.of.path.at(-1) !== "Pool") return [];
			const pool = linker.facts(value.file)?.news[value.id];
			if (pool?.function !== 0) return [];
			return [{ poolFile: value.file, pool, isEnded: isDisposing(adapter) || isClosed(model, value.file, value.id) }];
		});
	});
}

/** `new PrismaPg(pool, { disposeExternalPool: true })`, or an option that is not known. */
function isDisposing(adapter: NewFact): boolean {
	const options = adapter.args[1];
	return options !== undefined && (options.k !== "object" || options.entries.some(({ key }) => key === "disposeExternalPool"));
}

/** `.end()` on the pool; a `$disconnect` in the same package shows that somebody sees to shutting down. */
function isClosed({ linker, places, workspace }: FileModel, poolFile: string, id: number): boolean {
	const home = workspace.packageOf(poolFile).dir;
	return places.callers(["$disconnect", "close", "end"]).some((file) => {
		const facts = linker.facts(file);
		if (!facts) return false;
		if (workspace.packageOf(file).dir === home && workspace.roleOf(file) === "app" && disconnectsIn(linker, file).length > 0) return true;
		return (nameIndex(facts).calls.get("end") ?? []).some((index) => {
			const call = facts.calls[index];
			if (call?.callee.k !== "member") return false;
			return linker
				.values(file, call.callee.of, call.function)
				.some((value) => value.k === "instance" && value.file === poolFile && value.id === id);
		});
	});
}
