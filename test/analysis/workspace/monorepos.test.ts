import { describe, expect, it } from "vitest";
import { type Files, load, SCHEMA } from "./tree.js";

/** A turbo repository as `create-turbo` lays it out, with a package for the database. */
const TURBO: Files = {
	"package.json": { name: "acme", private: true, packageManager: "pnpm@9.0.0", devDependencies: { turbo: "^2.5.0" } },
	"pnpm-workspace.yaml": 'packages:\n  - "apps/*"\n  - "packages/*"\n',
	"turbo.json": { tasks: { "db:generate": { cache: false }, build: { dependsOn: ["^build", "^db:generate"] } } },
	"pnpm-lock.yaml":
		"lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    devDependencies:\n      turbo:\n        specifier: ^2.5.0\n        version: 2.5.6\n\n  packages/database:\n    dependencies:\n      '@prisma/client':\n        specifier: ^6.16.0\n        version: 6.19.3(prisma@6.19.3)\n\n  packages/jobs:\n    dependencies:\n      '@repo/database':\n        specifier: workspace:*\n        version: link:../database\n",
	"packages/database/package.json": {
		name: "@repo/database",
		exports: { ".": "./src/index.ts", "./client": "./src/client.ts" },
		scripts: { "db:generate": "prisma generate", "db:seed": "tsx src/fill.ts" },
		dependencies: { "@prisma/client": "^6.16.0" },
		devDependencies: { prisma: "^6.16.0" },
	},
	"packages/database/prisma/schema.prisma": SCHEMA,
	"packages/database/src/fill.ts": "",
	"packages/jobs/package.json": {
		name: "@repo/jobs",
		main: "src/index.ts",
		dependencies: { "@repo/database": "workspace:^", bullmq: "5.0.0" },
	},
	"apps/web/package.json": { name: "web", dependencies: { next: "15.0.0", "@repo/database": "workspace:*" } },
	"apps/api/package.json": { name: "api", dependencies: { "@nestjs/core": "11.0.0", "@repo/jobs": "workspace:~" } },
	"apps/docs/package.json": { name: "docs", dependencies: { astro: "5.0.0" } },
};

/** An integrated nx repository: one manifest, a project file per app and library, aliases in the base configuration. */
const NX: Files = {
	"package.json": {
		name: "acme",
		dependencies: { "@nestjs/core": "11.0.0", "@prisma/client": "6.12.0", next: "15.0.0" },
		devDependencies: { nx: "20.0.0" },
	},
	"nx.json": { defaultBase: "main" },
	"tsconfig.base.json": { compilerOptions: { baseUrl: ".", paths: { "@acme/data": ["libs/data/src/index.ts"] } } },
	"libs/data/project.json": { name: "data", sourceRoot: "libs/data/src", projectType: "library" },
	"libs/data/prisma/schema.prisma": SCHEMA,
	"libs/data/src/index.ts": "",
	"apps/api/project.json": { name: "api", projectType: "application" },
	"apps/api/src/main.ts": "",
	"apps/api-e2e/project.json": { name: "api-e2e" },
	"apps/api-e2e/src/api.ts": "",
	"tools/generators/index.ts": "",
};

describe("a turbo repository", () => {
	it("gives each app the Prisma of the package it depends on, also through another one, by any workspace range", async () => {
		const { packages } = await load(TURBO);
		expect(packages.map(({ dir, prismaFrom, prismaVersion, schemas }) => [dir, prismaFrom, prismaVersion, schemas.length])).toEqual([
			["", null, null, 0],
			["apps/api", "packages/database", "6.19.3", 1],
			["apps/docs", null, null, 0],
			["apps/web", "packages/database", "6.19.3", 1],
			["packages/database", "packages/database", "6.19.3", 1],
			["packages/jobs", "packages/database", "6.19.3", 1],
		]);
	});

	it("tells the frameworks of each app apart, and what scripts run from the app", async () => {
		const workspace = await load(TURBO);
		expect(Object.fromEntries(workspace.packages.map(({ dir, frameworks }) => [dir, [...frameworks]]))).toEqual({
			"": [],
			"apps/api": ["nest"],
			"apps/docs": ["astro"],
			"apps/web": ["next"],
			"packages/database": [],
			"packages/jobs": ["queue"],
		});
		expect(workspace.roleOf("packages/database/src/fill.ts")).toBe("seed");
	});

	it("takes the declared range of the database's package where nothing is locked", async () => {
		const { "pnpm-lock.yaml": _, ...unlocked } = TURBO;
		expect((await load(unlocked)).packages.find(({ dir }) => dir === "apps/api")?.prismaVersion).toBe("6.16.0");
	});
});

describe("an nx repository with one manifest", () => {
	it("is one package with the schema of its library, whose apps, tests and tools are told apart", async () => {
		const workspace = await load(NX);
		expect(workspace.packages.map(({ dir, prismaVersion, schemas }) => [dir, prismaVersion, schemas.map(({ path }) => path)])).toEqual([
			["", "6.12.0", ["libs/data/prisma/schema.prisma"]],
		]);
		expect(
			["apps/api/src/main.ts", "libs/data/src/index.ts", "apps/api-e2e/src/api.ts", "tools/generators/index.ts"].map((file) =>
				workspace.roleOf(file),
			),
		).toEqual(["app", "app", "test", "script"]);
	});
});
