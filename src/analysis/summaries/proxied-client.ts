import { clientClass } from "./client-class.js";
import type { Linker } from "./linker.js";
import type { Value } from "./values.js";

/**
 * What a `Proxy` stands for in a file that makes one client: that client, which it makes at first use or puts another in place of.
 * A proxy over anything else is not followed.
 */
export function proxiedClient(linker: Linker, file: string, depth: number): readonly Value[] {
	const made = (linker.facts(file)?.news ?? []).flatMap(({ callee, function: at }, id) =>
		linker.values(file, callee, at, depth + 1).flatMap((of): Value[] => (clientClass(linker, of) ? [{ k: "instance", of, file, id }] : [])),
	);
	return made.length === 1 ? made : [];
}
