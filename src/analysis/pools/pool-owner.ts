import type { Client } from "../summaries/clients.js";
import type { Linker } from "../summaries/linker.js";
import { type Located, optionAt } from "./option-values.js";

/** What opens a pool: a client that is made, or a client class that a framework's container builds. */
export type PoolOwner = Pick<Client, "file" | "package" | "client"> & Partial<Pick<Client, "fact" | "kind">>;

/** The options a client is built with: of the `new`, and of `super(…)` in the subclasses it is an instance of. */
export function optionsOf(linker: Linker, { client, file: ownFile, fact }: PoolOwner): Located[] {
	const own = fact?.args.slice(0, 1).map((expression) => ({ file: ownFile, expression, at: fact.function })) ?? [];
	const inherited = client.subclasses.flatMap(({ file, id }) => {
		const facts = linker.facts(file);
		const calls = facts?.calls.filter((call) => call.callee.k === "super" && facts.functions[call.function]?.classId === id) ?? [];
		return calls.flatMap((call) => call.args.slice(0, 1).map((expression) => ({ file, expression, at: call.function })));
	});
	return [...own, ...inherited];
}

/** What a client's options have under `key`. */
export function clientOptions(linker: Linker, client: PoolOwner, key: string): readonly Located[] {
	return optionsOf(linker, client).flatMap((options) => optionAt(linker, options, [key]));
}
