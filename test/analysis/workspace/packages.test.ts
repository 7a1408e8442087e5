import { describe, expect, it } from "vitest";
import { loadWorkspace } from "../../../src/analysis/workspace/index.js";
import { DEFAULT_SETTINGS } from "../../../src/config/index.js";
import { load, SCHEMA, writeTree } from "./tree.js";

const schema = (generator: string, models = 1): string =>
	`datasource db {\n  provider = "postgresql"\n}\ngenerator client {\n${generator}\n}\n${"model M {\n  id Int @id\n}\n".repeat(models)}`;

describe("Prisma's version", () => {
	const DECLARED = { "package.json": { dependencies: { "@prisma/client": "^6.2.0" } } };

	it("is the installed one before the locked and the declared", async () => {
		const workspace = await load({
			...DECLARED,
			"node_modules/@prisma/client/package.json": { version: "6.19.3" },
			"package-lock.json": '{"packages":{"node_modules/@prisma/client":{"version":"6.8.0"}}}',
		});
		expect(workspace.packages[0]).toMatchObject({ prismaVersion: "6.19.3", prismaMajor: 6, prismaFrom: "" });
	});

	it("is found in the node_modules of a folder above", async () => {
		const root = await writeTree({
			"node_modules/prisma/package.json": { version: "7.1.0" },
			"apps/a/package.json": { devDependencies: { prisma: "^7" } },
		});
		const workspace = await loadWorkspace(`${root}/apps/a`, DEFAULT_SETTINGS);
		expect(workspace.packages[0]?.prismaVersion).toBe("7.1.0");
	});

	it.each([
		["package-lock.json", '{"lockfileVersion":3,"packages":{"node_modules/@prisma/client":{\n"version": "6.8.1"}}}'],
		["package-lock.json", '{"lockfileVersion":1,"dependencies":{"@prisma/client": {\n    "version": "6.8.1"}}}'],
		[
			"pnpm-lock.yaml",
			"importers:\n\n  .:\n    dependencies:\n      '@prisma/client':\n        specifier: ^6.2.0\n        version: 6.8.1(prisma@6.8.1)\n\npackages:\n",
		],
		["pnpm-lock.yaml", "packages:\n\n  /@prisma/client@6.8.1(prisma@6.8.1):\n    resolution: {}\n"],
		["yarn.lock", '"@prisma/client@^6.2.0":\n  version "6.8.1"\n  resolved "x"\n'],
		["yarn.lock", '"@prisma/client@npm:^6.2.0":\n  version: 6.8.1\n  resolution: "x"\n'],
		["bun.lock", '{\n  "packages": {\n    "@prisma/client": ["@prisma/client@6.8.1", "", {}],\n  }\n}\n'],
	])("is read from %s", async (file, text) => {
		expect((await load({ ...DECLARED, [file]: text })).packages[0]?.prismaVersion).toBe("6.8.1");
	});

	it("is that of the package's own importer where a lock file holds several", async () => {
		const workspace = await load({
			"a/package.json": { dependencies: { "@prisma/client": "^5.0.0" } },
			"b/package.json": { dependencies: { "@prisma/client": "^6.0.0" } },
			"c/package.json": { dependencies: { "@prisma/client": "^6.0.0" } },
			"package-lock.json":
				'{"packages":{"a/node_modules/@prisma/client":{"version":"5.22.0"},"node_modules/@prisma/client":{"version":"6.8.1"}}}',
			"c/pnpm-lock.yaml": "importers:\n  .:\n    dependencies:\n      '@prisma/client':\n        specifier: ^6\n        version: 6.9.0\n",
		});
		expect(workspace.packages.map((pkg) => [pkg.dir, pkg.prismaVersion])).toEqual([
			["", null],
			["a", "5.22.0"],
			["b", "6.8.1"],
			["c", "6.9.0"],
		]);
	});

	it.each([
		["^6.2.0", "6.2.0"],
		["~5.1", "5.1.0"],
		["6", "6.0.0"],
		[">=5.3.0 <7", "5.3.0"],
		["6.x", "6.0.0"],
		["npm:@prisma/client@6.4.0", "6.4.0"],
		["7.0.0-rc.1", "7.0.0-rc.1"],
		["latest", null],
		["*", null],
		["workspace:*", null],
		["<7", null],
	])("declared as %s is at least %s", async (range, version) => {
		expect((await load({ "package.json": { dependencies: { "@prisma/client": range } } })).packages[0]?.prismaVersion).toBe(version);
	});

	it("follows pnpm's catalogs", async () => {
		const workspace = await load({
			"pnpm-workspace.yaml": "packages:\n  - 'apps/*'\ncatalog:\n  '@prisma/client': ^6.3.0\ncatalogs:\n  next:\n    prisma: 7.0.0\n",
			"a/package.json": { dependencies: { "@prisma/client": "catalog:" } },
			"b/package.json": { dependencies: { prisma: "catalog:next" } },
		});
		expect(workspace.packages.map((pkg) => pkg.prismaVersion)).toEqual([null, "6.3.0", "7.0.0"]);
	});

	it("of Prisma 8 is that of its own runtime package", async () => {
		expect((await load({ "package.json": { dependencies: { "@prisma/orm-postgres": "8.0.0-rc.2" } } })).packages[0]).toMatchObject({
			prismaVersion: "8.0.0-rc.2",
			prismaMajor: 8,
		});
	});

	it("does not stumble over broken files", async () => {
		const workspace = await load({ "package.json": "{", "a/package.json": "[]", "package-lock.json": "{{", "b.ts": "" });
		expect(workspace.packages.map((pkg) => pkg.dir)).toEqual([""]);
		expect(workspace.unread.map((entry) => entry.file)).toEqual(["a/package.json", "package-lock.json", "package.json"]);
	});
});

describe("the engine", () => {
	const engine = async (version: string, generator: string, rest: object = {}) =>
		(
			await load({
				"package.json": { dependencies: { "@prisma/client": version }, ...rest },
				"prisma/schema.prisma": schema(generator),
			})
		).packages[0]?.engine;

	it.each([
		["5.22.0", 'provider = "prisma-client-js"', "rust"],
		["6.19.0", 'provider = "prisma-client-js"', "rust"],
		["6.19.0", 'provider = "prisma-client-js"\nengineType = "client"', "client"],
		["6.16.0", 'provider = "prisma-client"\nengineType = "client"\noutput = "./g"', "client"],
		["6.15.0", 'provider = "prisma-client-js"\nengineType = "client"', "rust"],
		["6.8.0", 'provider = "prisma-client-js"\npreviewFeatures = ["queryCompiler", "driverAdapters"]', "client"],
		["7.0.0", 'provider = "prisma-client"\noutput = "./g"', "client"],
		["latest", 'provider = "prisma-client-js"', "unknown"],
	])("of %s with %s is %s", async (version, generator, expected) => {
		expect(await engine(version, generator)).toBe(expected);
	});

	it("is none where queries leave over HTTP", async () => {
		const generator = 'provider = "prisma-client-js"';
		expect(await engine("6.1.0", generator, { scripts: { postinstall: "prisma generate --no-engine" } })).toBe("none");
		expect(await engine("6.1.0", generator, { devDependencies: { "@prisma/extension-accelerate": "1.0.0" } })).toBe("none");
	});

	it("names the driver adapters", async () => {
		const workspace = await load({
			"package.json": { dependencies: { "@prisma/client": "7.0.0", "@prisma/adapter-pg": "7.0.0", pg: "8" } },
		});
		expect(workspace.packages[0]?.adapters).toEqual(["@prisma/adapter-pg"]);
	});
});

describe("packages of a monorepo", () => {
	it("run with the Prisma of a workspace package they depend on, directly or not", async () => {
		const workspace = await load({
			"package.json": { workspaces: ["packages/*", "apps/*"] },
			"packages/db/package.json": { name: "@acme/db", dependencies: { "@prisma/client": "6.4.0" } },
			"packages/db/prisma/schema.prisma": SCHEMA,
			"packages/core/package.json": { name: "@acme/core", dependencies: { "@acme/db": "workspace:*" } },
			"apps/web/package.json": { name: "web", dependencies: { "@acme/core": "workspace:*", next: "15" } },
			"apps/docs/package.json": { name: "docs" },
		});
		const web = workspace.packageOf("apps/web/src/page.tsx");
		expect(web).toMatchObject({ prismaFrom: "packages/db", prismaVersion: "6.4.0", engine: "rust" });
		expect(web.schemas.map((entry) => entry.path)).toEqual(["packages/db/prisma/schema.prisma"]);
		expect([...web.frameworks]).toEqual(["next"]);
		expect(workspace.packageOf("apps/docs/a.ts")).toMatchObject({ prismaFrom: null, engine: "none" });
	});

	it("run with the Prisma of a package around them", async () => {
		const workspace = await load({
			"package.json": { dependencies: { "@prisma/client": "6.4.0" } },
			"prisma/schema.prisma": SCHEMA,
			"client/package.json": { name: "client" },
		});
		expect(workspace.packageOf("client/a.ts")).toMatchObject({ prismaFrom: "", prismaMajor: 6 });
	});

	it("share the only schema there is", async () => {
		const workspace = await load({
			"db/package.json": { dependencies: { prisma: "6.4.0" } },
			"db/prisma/schema.prisma": SCHEMA,
			"api/package.json": { dependencies: { "@prisma/client": "6.4.0" } },
		});
		expect(workspace.packageOf("api/a.ts").schemas).toMatchObject([{ path: "db/prisma/schema.prisma", models: 1 }]);
	});

	it("take the schema their scripts name", async () => {
		const workspace = await load({
			"control/package.json": { dependencies: { prisma: "6.4.0" } },
			"control/prisma/schema.prisma": SCHEMA,
			"other/package.json": { dependencies: { prisma: "6.4.0" } },
			"other/prisma/schema.prisma": SCHEMA,
			"api/package.json": {
				dependencies: { "@prisma/client": "6.4.0" },
				scripts: { generate: "prisma generate --schema ../control/prisma/schema.prisma" },
			},
		});
		expect(workspace.packageOf("api/a.ts").schemas.map((entry) => entry.path)).toEqual(["control/prisma/schema.prisma"]);
	});
});

describe("schemas", () => {
	it("of several files are one, with the models of all", async () => {
		const workspace = await load({
			"package.json": { dependencies: { prisma: "6.4.0" } },
			"prisma/schema/schema.prisma": SCHEMA,
			"prisma/schema/guest.prisma": "model Guest {\n  id Int @id\n}\n",
			"prisma/schema/billing/invoice.prisma": "model Invoice {\n  id Int @id\n}\n",
		});
		expect(workspace.packages[0]?.schemas).toMatchObject([
			{ path: "prisma/schema", models: 3, provider: "postgresql", urlVariable: "DATABASE_URL" },
		]);
	});

	it("beside each other stay two", async () => {
		const workspace = await load({
			"package.json": { dependencies: { prisma: "6.4.0" } },
			"prisma/main.prisma": SCHEMA,
			"prisma/tenant.prisma": SCHEMA.replace("DATABASE_URL", "TENANT_URL"),
		});
		expect(workspace.packages[0]?.schemas.map((entry) => entry.urlVariable)).toEqual(["DATABASE_URL", "TENANT_URL"]);
	});

	it.each([
		["package.json", { dependencies: { prisma: "6.4.0" }, prisma: { schema: "db/models" } }],
		["prisma.config.ts", 'import path from "node:path";\nexport default defineConfig({ schema: path.join("db", "models") });\n'],
	])("are where %s says", async (file, content) => {
		const workspace = await load({
			"package.json": { dependencies: { prisma: "6.4.0" } },
			[file]: content,
			"db/models/a.prisma": 'generator client {\n  provider = "prisma-client-js"\n}\n',
			"db/models/b.prisma": "model B {\n  id Int @id\n}\n",
		});
		expect(workspace.packages[0]?.schemas).toMatchObject([{ path: "db/models", models: 1, generators: [{ name: "client" }] }]);
	});

	it("in archives and tests are nobody's", async () => {
		const workspace = await load({
			"package.json": { dependencies: { prisma: "6.4.0" } },
			"prisma/schema.prisma": SCHEMA,
			"archive/2023/schema.prisma": SCHEMA,
			"tests/fixtures/schema.prisma": SCHEMA,
		});
		expect(workspace.packages[0]?.schemas.map((entry) => entry.path)).toEqual(["prisma/schema.prisma"]);
	});

	it("take their URL from prisma.config.ts where they name none", async () => {
		const workspace = await load({
			"package.json": { dependencies: { prisma: "7.0.0" } },
			"prisma.config.ts": 'export default defineConfig({ datasource: { url: env("MAIN_DB") } });\n',
			"prisma/schema.prisma": schema('provider = "prisma-client"\noutput = "../src/generated"'),
		});
		expect(workspace.packages[0]?.schemas[0]?.urlVariable).toBe("MAIN_DB");
	});

	it("tell where clients are generated to", async () => {
		const workspace = await load({
			"package.json": { dependencies: { prisma: "7.0.0" } },
			"prisma/schema.prisma": `${schema('provider = "prisma-client"\noutput = "../src/generated/prisma"')}\ngenerator zod {\n  provider = "zod-prisma-types"\n  output = "../src/zod"\n}\n`,
			"src/zod/a.ts": "",
		});
		expect(workspace.generatorOf("src/generated/prisma/client")?.schema).toBe("prisma/schema.prisma");
		expect(workspace.generatorOf("src/zod/a.ts")).toBeNull();
		expect(workspace.generatorOf("src/generated/prismatic")).toBeNull();
	});
});

describe("secrets", () => {
	it("of env files and schemas are nowhere in the model", async () => {
		const workspace = await load({
			"package.json": { dependencies: { prisma: "6.4.0" } },
			".env": 'DATABASE_URL="postgresql://hotel:s3cr3t@db.internal:6543/app?connection_limit=4&sslpassword=s3cr3t"\n',
			"prisma/schema.prisma": SCHEMA.replace('env("DATABASE_URL")', '"mysql://root:s3cr3t@127.0.0.1/app?connection_limit=9"'),
		});
		expect(workspace.databaseEndpoints).toEqual(["127.0.0.1:3306", "db.internal:6543"]);
		expect(JSON.stringify([workspace, workspace.packages, workspace.urlSettings, workspace.databaseEndpoints])).not.toMatch(
			/s3cr3t|hotel:|root:/,
		);
	});
});
