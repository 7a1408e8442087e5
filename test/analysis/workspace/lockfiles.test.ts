import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Files, load } from "./tree.js";

/** Each lock file was written by that package manager for `WORKSPACE`, its download addresses and checksums taken out. */
const LOCKFILES = join(import.meta.dirname, "../../fixtures/lockfiles");

const WORKSPACE = (api: string, db: string): Files => ({
	"package.json": { name: "root", private: true, workspaces: ["apps/*", "packages/*"] },
	"apps/api/package.json": { name: "api", version: "1.0.0", dependencies: { "@prisma/client": api, db: "*" } },
	"packages/db/package.json": { name: "db", version: "1.0.0", dependencies: { "@prisma/client": db, "@prisma/adapter-pg": "^7.0.0" } },
});

const versionsWith = async (files: Files) =>
	(await load(files)).packages.filter(({ dir }) => dir !== "").map(({ dir, prismaVersion }) => [dir, prismaVersion]);

const filesOf = (manager: string): Files =>
	Object.fromEntries(readdirSync(join(LOCKFILES, manager)).map((file) => [file, readFileSync(join(LOCKFILES, manager, file), "utf8")]));

describe("two versions of Prisma in one workspace are told apart by the lock file of", () => {
	it.each(readdirSync(LOCKFILES).filter((manager) => manager !== "pnpm-catalogs"))("%s", async (manager) => {
		expect(await versionsWith({ ...WORKSPACE("^6.16.0", "^7.0.0"), ...filesOf(manager) })).toEqual([
			["apps/api", "6.19.3"],
			["packages/db", "7.10.0"],
		]);
	});

	it("pnpm with catalogs, and by the catalogs alone where there is no lock file", async () => {
		const files = { ...WORKSPACE("catalog:", "catalog:next"), ...filesOf("pnpm-catalogs") };
		expect(await versionsWith(files)).toEqual([
			["apps/api", "6.19.3"],
			["packages/db", "7.10.0"],
		]);
		const { "pnpm-lock.yaml": _, ...unlocked } = files;
		expect(await versionsWith(unlocked)).toEqual([
			["apps/api", "6.16.0"],
			["packages/db", "7.0.0"],
		]);
	});
});

it("a binary lock file names no version, so that the declared range counts", async () => {
	expect(await versionsWith({ ...WORKSPACE("^6.16.0", "^7.0.0"), "bun.lockb": "#!/usr/bin/env bun\nbun-lockfile-format-v0\n" })).toEqual([
		["apps/api", "6.16.0"],
		["packages/db", "7.0.0"],
	]);
});
