import { HEAP_NAME_LIMIT, type HeapPlace, type HeapSite } from "../../protocol/index.js";
import type { Allocation, Frame } from "./allocations.js";

/**
 * Sums allocations up by the function of the program's own that made them, itself or through a package: the innermost frame that lies
 * neither in `node_modules` nor in Node. Stacks without one, as after an `await` within a package, count for their innermost frame.
 * @returns the most first
 */
export function heapSites(allocations: readonly Allocation[], placeOf: (frame: Frame) => HeapPlace | null): readonly HeapSite[] {
	const sites = new Map<string, { name: string | null; place: HeapPlace | null; bytes: number; modules: Map<string | null, number> }>();
	for (const { bytes, stack } of allocations) {
		const placed = stack.map((frame) => ({ name: frame.name, place: placeOf(frame) }));
		const innermost = placed.find(({ place }) => place !== null) ?? { name: stack[0]?.name ?? null, place: null };
		const { name, place } = placed.find((frame) => frame.place && moduleOf(frame.place.file) === null) ?? innermost;
		const key = JSON.stringify(place ? [place.file, place.line, place.column] : name);
		const site = sites.get(key) ?? { name, place, bytes: 0, modules: new Map() };
		const allocator = innermost.place && moduleOf(innermost.place.file);
		site.bytes += bytes;
		site.modules.set(allocator, (site.modules.get(allocator) ?? 0) + bytes);
		sites.set(key, site);
	}
	return [...sites.values()].map(({ modules, ...site }) => ({ ...site, through: largest(modules) })).sort((a, b) => b.bytes - a.bytes);
}

/** The package in `node_modules` that a file belongs to, or Node's module; null for the program's own files. */
export function moduleOf(file: string): string | null {
	if (file.startsWith("node:")) return file.slice(0, HEAP_NAME_LIMIT);
	const [scope = "", name] = file.replaceAll("\\", "/").split("/node_modules/").slice(1).at(-1)?.split("/") ?? [];
	if (scope === "") return null;
	return (/^[@.]/.test(scope) && name !== undefined ? `${scope}/${name}` : scope).slice(0, HEAP_NAME_LIMIT);
}

function largest(modules: ReadonlyMap<string | null, number>): string | null {
	return [...modules].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
