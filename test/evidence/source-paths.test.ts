import { describe, expect, it } from "vitest";
import { SourcePaths } from "../../src/evidence/index.js";

const paths = new SourcePaths("/home/ana/hotel", [
	"server.ts",
	"src/db.ts",
	"src/lib/prisma.ts",
	"packages/a/src/db.ts",
	"packages/b/src/db.ts",
]);

describe("a path that a process names leads to the source", () => {
	it.each([
		["/home/ana/hotel/src/db.ts", "src/db.ts"],
		["file:///home/ana/hotel/src/lib/prisma.ts", "src/lib/prisma.ts"],
		["/home/ana/hotel/server.ts", "server.ts"],
		["/app/src/lib/prisma.ts", "src/lib/prisma.ts"],
		["/app/packages/b/src/db.ts", "packages/b/src/db.ts"],
		["C:\\work\\hotel\\packages\\a\\src\\db.ts", "packages/a/src/db.ts"],
		["file:///C:/work/hotel/src/lib/prisma.ts", "src/lib/prisma.ts"],
	])("%s → %s", (path, file) => {
		expect(paths.find(path)).toBe(file);
	});

	it.each([
		["that could be several", "/app/src/db.ts"],
		["that shares no more than its name", "/app/db.ts"],
		["at the top of another root", "/app/server.ts"],
		["of a package", "/home/ana/hotel/node_modules/x/index.js"],
	])("but not one %s: %s", (_, path) => {
		expect(paths.find(path)).toBeNull();
	});
});
