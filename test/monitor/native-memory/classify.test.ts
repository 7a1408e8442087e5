import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nativeParts } from "../../../src/monitor/native-memory/classify.js";
import { readNativeMemory } from "../../../src/monitor/native-memory/read.js";
import { type Mapping, parseSmaps } from "../../../src/monitor/procfs/smaps.js";
import type { NativeKind } from "../../../src/protocol/index.js";

/** Of real processes, by `npm run record-smaps`. */
function recorded(name: string): readonly Mapping[] {
	return parseSmaps(readFileSync(join(import.meta.dirname, "../../fixtures/smaps", `${name}.smaps`), "utf8"));
}

/** kB by kind, of those that there are. */
function kilobytes(mappings: readonly Mapping[]): Readonly<Partial<Record<NativeKind, number>>> {
	return Object.fromEntries(nativeParts(mappings).flatMap(({ kind, rss }) => (rss === 0 ? [] : [[kind, rss / 1_024]])));
}

describe("native memory by kind", () => {
	it("has WASM memory and code under Prisma 7, whose engine is WASM", () => {
		expect(kilobytes(recorded("prisma-7-node-24"))).toEqual({
			malloc: 22_200,
			v8Heap: 25_804,
			v8Code: 1_064,
			wasmMemory: 224,
			wasmCode: 2_052,
			stacks: 176,
			files: 45_472,
			other: 96,
		});
	});

	it("has them under Prisma 6 with its client engine", () => {
		expect(kilobytes(recorded("prisma-6-node-22"))).toMatchObject({ wasmMemory: 280, wasmCode: 1_524, v8Heap: 16_520, malloc: 17_552 });
	});

	it("counts the Rust engine apart from other libraries, its variables included", () => {
		const mappings = recorded("engine-library-node-20");
		expect(kilobytes(mappings)).toMatchObject({ engine: 4_092, files: 39_940 });
		const elsewhere = mappings.map((mapping) => ({ ...mapping, name: mapping.name.replace("libquery_engine", "libvips") }));
		expect(kilobytes(elsewhere)).toMatchObject({ files: 4_092 + 39_940 });
	});

	it.each(["prisma-7-node-24", "prisma-6-node-22", "engine-library-node-20"])("adds up to what is resident: %s", (name) => {
		const mappings = recorded(name);
		const sum = (sizes: readonly { readonly rss: number; readonly own: number }[], key: "rss" | "own") =>
			sizes.reduce((total, size) => total + size[key], 0);
		for (const key of ["rss", "own"] as const) expect(sum(nativeParts(mappings), key)).toBe(sum(mappings, key));
	});

	it("takes for malloc what glibc maps for a large allocation, and what is smaller for something else", () => {
		const anonymous = (size: number): Mapping => ({
			start: 0x1000,
			end: 0x1000 + size,
			permissions: "rw-p",
			name: "",
			rss: size,
			own: size,
			flags: new Set(),
		});
		expect(kilobytes([anonymous(132 * 1_024)])).toEqual({ malloc: 132 });
		expect(kilobytes([anonymous(64 * 1_024)])).toEqual({ other: 64 });
	});
});

describe("where it cannot be read", () => {
	it.each<[NodeJS.Platform, string]>([
		["darwin", "vmmap PID"],
		["win32", "VMMap"],
		["freebsd", "which only Linux has."],
	])("says why not on %s, and what does", async (platform, hint) => {
		expect(await readNativeMemory(1, platform)).toEqual({ kind: "failed", message: expect.stringContaining(hint) });
	});

	it("says that a process is not there any more", async () => {
		expect(await readNativeMemory(2 ** 30, "linux")).toEqual({
			kind: "failed",
			message: `There is no process ${2 ** 30} on this machine any more.`,
		});
	});
});
