import { describe, expect, it } from "vitest";
import type { Frame } from "../../../src/monitor/heap-profile/allocations.js";
import { heapSites, moduleOf } from "../../../src/monitor/heap-profile/heap-sites.js";
import type { HeapPlace } from "../../../src/protocol/index.js";

const frame = (name: string | null, file: string | null, line = 1): Frame => ({
	name,
	position: file === null ? null : { file, line, column: 1 },
});
const placeOf = ({ position }: Frame): HeapPlace | null => position && { ...position, mapped: false };
const at = (file: string, line = 1): HeapPlace => ({ file, line, column: 1, mapped: false });

const PRISMA = "/app/node_modules/@prisma/client/runtime/client.js";
const KEEP = frame("keep", "/app/src/cache.ts", 12);
const HANDLE = frame("handle", "/app/src/server.ts", 30);

describe("sites of allocations", () => {
	it("add up by function, the most first", () => {
		const sites = heapSites(
			[
				{ bytes: 100, stack: [HANDLE] },
				{ bytes: 80, stack: [KEEP, HANDLE] },
				{ bytes: 70, stack: [KEEP] },
			],
			placeOf,
		);
		expect(sites).toEqual([
			{ name: "keep", place: at("/app/src/cache.ts", 12), bytes: 150, through: null },
			{ name: "handle", place: at("/app/src/server.ts", 30), bytes: 100, through: null },
		]);
	});

	it("count what a package or Node allocates for the program's own function, and name what allocated most of it", () => {
		const sites = heapSites(
			[
				{ bytes: 10, stack: [KEEP] },
				{ bytes: 60, stack: [frame("request", PRISMA), frame("emit", "node:events"), KEEP, HANDLE] },
				{ bytes: 20, stack: [frame("from", "node:buffer"), KEEP] },
			],
			placeOf,
		);
		expect(sites).toEqual([{ name: "keep", place: at("/app/src/cache.ts", 12), bytes: 90, through: "@prisma/client" }]);
	});

	it("tell functions of one name apart by their place, and functions of one place together whatever a call names them", () => {
		const sites = heapSites(
			[
				{ bytes: 1, stack: [frame("keep", "/app/a.ts")] },
				{ bytes: 2, stack: [frame("keep", "/app/b.ts")] },
				{ bytes: 4, stack: [frame("alias", "/app/b.ts")] },
			],
			placeOf,
		);
		expect(sites.map(({ place, bytes }) => [place?.file, bytes])).toEqual([
			["/app/b.ts", 6],
			["/app/a.ts", 1],
		]);
	});

	it("are those of the package where no function of the program's own is on the stack", () => {
		const sites = heapSites([{ bytes: 5, stack: [frame(null, null), frame("request", PRISMA)] }], placeOf);
		expect(sites).toEqual([{ name: "request", place: at(PRISMA), bytes: 5, through: "@prisma/client" }]);
	});

	it("have no place where there is no script at all", () => {
		const sites = heapSites(
			[
				{ bytes: 5, stack: [frame("(GC)", null)] },
				{ bytes: 7, stack: [frame("(GC)", null)] },
			],
			placeOf,
		);
		expect(sites).toEqual([{ name: "(GC)", place: null, bytes: 12, through: null }]);
	});
});

describe("the module of a file", () => {
	it.each([
		["node:internal/streams/readable", "node:internal/streams/readable"],
		["/app/node_modules/pg/lib/client.js", "pg"],
		[PRISMA, "@prisma/client"],
		["/app/node_modules/.pnpm/pg@8.0.0/node_modules/pg-pool/index.js", "pg-pool"],
		["C:\\app\\node_modules\\@prisma\\adapter-pg\\dist\\index.js", "@prisma/adapter-pg"],
		["/app/node_modules/.prisma/client/index.js", ".prisma/client"],
		["/app/src/cache.ts", null],
		["/node_modules_of_mine/cache.ts", null],
	])("%s is %s", (file, module) => {
		expect(moduleOf(file)).toBe(module);
	});
});
