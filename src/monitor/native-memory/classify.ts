/** Which part of Node each mapping belongs to. How it is told, from which versions on, and where it ends: docs/native-memory.md. */
import { NATIVE_KINDS, type NativeKind, type NativePart } from "../../protocol/index.js";
import type { Mapping } from "../procfs/smaps.js";

const ENGINE_FILE = /(?:^|\/)(?:lib)?query[_-]engine[^/]*$/;
/** Guards around the memory of a WASM instance, so that no address it can form leads out of it. */
const WASM_GUARD_BYTES = 2 * 2 ** 30;
/** V8 reserves at least so much in one piece for the code it compiles from JavaScript, and less for that of a WASM module. */
const CODE_RANGE_BYTES = 128 * 2 ** 20;
/** The guard of a thread's stack: a page, which has up to 64 kB. */
const STACK_GUARD_BYTES = 64 * 2 ** 10;
/** glibc serves allocations of at least so much by a mapping of their own. */
const LARGE_ALLOCATION_BYTES = 128 * 2 ** 10;

/** One part per kind, in the order of `NATIVE_KINDS`. @param mappings in the order of their addresses */
export function nativeParts(mappings: readonly Mapping[]): readonly NativePart[] {
	const sums = new Map(NATIVE_KINDS.map((kind) => [kind, { rss: 0, own: 0, mappings: 0 }]));
	for (const neighbourhood of neighbourhoods(mappings)) {
		const sum = sums.get(kindOf(neighbourhood));
		if (sum === undefined || neighbourhood.mapping.rss === 0) continue;
		sum.rss += neighbourhood.mapping.rss;
		sum.own += neighbourhood.mapping.own;
		sum.mappings += 1;
	}
	return [...sums].map(([kind, sum]) => ({ kind, ...sum }));
}

/** A mapping and what touches it. */
interface Neighbourhood {
	readonly mapping: Mapping;
	/** What ends where it begins. */
	readonly before: Mapping | null;
	/** What begins where it ends. */
	readonly after: Mapping | null;
	/** Bytes of the unbroken row of mappings that it stands in. */
	readonly row: number;
}

function neighbourhoods(mappings: readonly Mapping[]): readonly Neighbourhood[] {
	const rows = rowsOf(mappings);
	return mappings.map((mapping, place) => {
		const [before, after] = [mappings[place - 1], mappings[place + 1]];
		return {
			mapping,
			before: before?.end === mapping.start ? before : null,
			after: after?.start === mapping.end ? after : null,
			row: rows[place] ?? 0,
		};
	});
}

/** For each mapping the bytes of its row. */
function rowsOf(mappings: readonly Mapping[]): readonly number[] {
	const sizes: number[] = [];
	let first = 0;
	mappings.forEach((mapping, place) => {
		if (mappings[place + 1]?.start === mapping.end) return;
		const size = mapping.end - (mappings[first]?.start ?? mapping.start);
		for (; first <= place; first++) sizes.push(size);
	});
	return sizes;
}

function kindOf(neighbourhood: Neighbourhood): NativeKind {
	const { mapping, before } = neighbourhood;
	const { name } = mapping;
	if (name.startsWith("/")) return fileKind(name);
	if (name === "[heap]") return "malloc";
	if (name.startsWith("[stack")) return "stacks";
	if (name !== "" && !name.startsWith("[anon")) return "other";
	// V8 keeps its pages from being copied when the process forks; nothing else in Node does.
	if (mapping.flags.has("dc")) return v8Kind(neighbourhood);
	// What a program has of variables without a value follows its file.
	if (before?.name.startsWith("/") && before.permissions.startsWith("rw")) return fileKind(before.name);
	// glibc's arenas are mapped without a reservation of swap.
	if (mapping.flags.has("nr")) return "malloc";
	if (before !== null && isGuard(before) && sizeOf(before) <= STACK_GUARD_BYTES) return "stacks";
	return sizeOf(mapping) >= LARGE_ALLOCATION_BYTES ? "malloc" : "other";
}

function fileKind(path: string): NativeKind {
	return ENGINE_FILE.test(path) ? "engine" : "files";
}

function v8Kind({ mapping, after, row }: Neighbourhood): NativeKind {
	if (after !== null && isGuard(after) && sizeOf(after) >= WASM_GUARD_BYTES) return "wasmMemory";
	if (!mapping.permissions.includes("x")) return "v8Heap";
	return row >= CODE_RANGE_BYTES ? "v8Code" : "wasmCode";
}

function isGuard({ permissions }: Mapping): boolean {
	return permissions.startsWith("---");
}

function sizeOf({ start, end }: Mapping): number {
	return end - start;
}
