import { describe, expect, it } from "vitest";
import { open } from "./open.js";

const ALIAS = { compilerOptions: { paths: { "@/*": ["./src/*"] } } };

describe("a specifier within a package", () => {
	it.each([
		["keeps endings that the file writes", 'import { log } from "./log.js";', "./db.js"],
		["leaves endings out where the file does", 'import { log } from "./log";', "./db"],
		["writes TypeScript endings where the file does", 'import { log } from "./log.ts";', "./db.ts"],
		["reads require as well", 'const { log } = require("./log");', "./db"],
	])("%s", async (_title, text, expected) => {
		const resolver = await open({ "package.json": { type: "module" }, "src/a.ts": text, "src/log.ts": "", "src/db.ts": "" });
		expect(resolver.specifierFor("src/a.ts", "src/db.ts")).toBe(expected);
	});

	it.each([
		["Node's ESM wants one", { type: "module" }, { compilerOptions: { moduleResolution: "NodeNext" } }, "../lib/db.js"],
		["a bundler does not", { type: "module" }, { compilerOptions: { moduleResolution: "bundler" } }, "../lib/db"],
		["CommonJS does not", {}, { compilerOptions: { module: "nodenext" } }, "../lib/db"],
	])("of a file without imports has an ending where %s", async (_title, manifest, tsconfig, expected) => {
		const resolver = await open({ "package.json": manifest, "tsconfig.json": tsconfig, "src/routes/a.ts": "", "src/lib/db.ts": "" });
		expect(resolver.specifierFor("src/routes/a.ts", "src/lib/db.ts")).toBe(expected);
	});

	it("of plain JavaScript modules has an ending, unless a framework bundles them", async () => {
		const files = { "src/a.js": "", "src/db.js": "" };
		expect((await open({ ...files, "package.json": { type: "module" } })).specifierFor("src/a.js", "src/db.js")).toBe("./db.js");
		const next = { type: "module", dependencies: { next: "15" } };
		expect((await open({ ...files, "package.json": next })).specifierFor("src/a.js", "src/db.js")).toBe("./db");
	});

	it("keeps the ending that .mts and .cts need", async () => {
		const resolver = await open({ "a.ts": 'import "./b";', "b.ts": "", "db.mts": "" });
		expect(resolver.specifierFor("a.ts", "db.mts")).toBe("./db.mjs");
	});

	it("is an alias where the file uses aliases", async () => {
		const resolver = await open({
			"tsconfig.json": ALIAS,
			"src/app/api/route.ts": 'import { log } from "@/lib/log";',
			"src/lib/log.ts": "",
			"src/lib/db.ts": "",
		});
		expect(resolver.specifierFor("src/app/api/route.ts", "src/lib/db.ts")).toBe("@/lib/db");
	});

	it("is relative where the file climbs by relative paths", async () => {
		const resolver = await open({
			"tsconfig.json": ALIAS,
			"src/app/api/route.ts": 'import { log } from "../../lib/log";',
			"src/lib/log.ts": "",
			"src/lib/db.ts": "",
		});
		expect(resolver.specifierFor("src/app/api/route.ts", "src/lib/db.ts")).toBe("../../lib/db");
	});

	it("stays relative beside the file, though it climbs by alias", async () => {
		const resolver = await open({
			"tsconfig.json": ALIAS,
			"src/lib/a.ts": 'import { x } from "@/other/x";\nimport { log } from "./log";',
			"src/lib/log.ts": "",
			"src/lib/db.ts": "",
			"src/other/x.ts": "",
		});
		expect(resolver.specifierFor("src/lib/a.ts", "src/lib/db.ts")).toBe("./db");
	});

	it("uses an alias rather than a long climb where nothing else tells", async () => {
		const resolver = await open({ "tsconfig.json": ALIAS, "src/app/api/rooms/route.ts": "", "src/lib/db.ts": "" });
		expect(resolver.specifierFor("src/app/api/rooms/route.ts", "src/lib/db.ts")).toBe("@/lib/db");
	});

	it("uses a framework's alias where the file does", async () => {
		const resolver = await open({
			"package.json": {},
			"src/routes/a/+server.ts": 'import { log } from "$lib/log";',
			"src/lib/log.ts": "",
			"src/lib/server/db.ts": "",
		});
		expect(resolver.specifierFor("src/routes/a/+server.ts", "src/lib/server/db.ts")).toBe("$lib/server/db");
	});

	it("may be a private import of the package", async () => {
		const resolver = await open({
			"package.json": { type: "module", imports: { "#lib/*": "./src/lib/*.js" } },
			"src/routes/a.ts": 'import { log } from "#lib/log";',
			"src/lib/log.ts": "",
			"src/lib/db.ts": "",
		});
		expect(resolver.specifierFor("src/routes/a.ts", "src/lib/db.ts")).toBe("#lib/db");
	});

	it("names the folder of an index file, or the file where that leads elsewhere", async () => {
		const resolver = await open({ "a.ts": 'import "./b";', "b.ts": "", "db/index.ts": "", "c/index.ts": "", "c.ts": "" });
		expect(resolver.specifierFor("a.ts", "db/index.ts")).toBe("./db");
		expect(resolver.specifierFor("a.ts", "c/index.ts")).toBe("./c/index");
	});

	it("leads to a file that is still to be made", async () => {
		const resolver = await open({ "package.json": {}, "src/routes/a.ts": 'import { x } from "../lib/x";', "src/lib/x.ts": "" });
		expect(resolver.specifierFor("src/routes/a.ts", "src/lib/prisma.ts")).toBe("../lib/prisma");
	});
});

describe("a specifier across packages", () => {
	const DB = {
		"packages/db/package.json": { name: "@acme/db", exports: { ".": "./src/index.ts", "./tenant/*": "./dist/tenant/*.js" } },
		"packages/db/src/index.ts": "",
		"packages/db/src/tenant/client.ts": "",
		"packages/db/src/hidden.ts": "",
	};

	it("is the package's name where it is a dependency", async () => {
		const resolver = await open({ ...DB, "api/package.json": { dependencies: { "@acme/db": "workspace:*" } }, "api/a.ts": "" });
		expect(resolver.specifierFor("api/a.ts", "packages/db/src/index.ts")).toBe("@acme/db");
		expect(resolver.specifierFor("api/a.ts", "packages/db/src/tenant/client.ts")).toBe("@acme/db/tenant/client");
	});

	it("is none for a file the package does not export, nor for a package that is no dependency", async () => {
		const resolver = await open({
			...DB,
			"api/package.json": { dependencies: { "@acme/db": "workspace:*" } },
			"api/a.ts": "",
			"web/package.json": {},
			"web/b.ts": "",
		});
		expect(resolver.specifierFor("api/a.ts", "packages/db/src/hidden.ts")).toBeNull();
		expect(resolver.specifierFor("web/b.ts", "packages/db/src/index.ts")).toBeNull();
	});

	it("is an alias that the configuration gives", async () => {
		const resolver = await open({
			...DB,
			"tsconfig.json": { compilerOptions: { paths: { "@db/*": ["packages/db/src/*"] } } },
			"api/package.json": {},
			"api/a.ts": "",
		});
		expect(resolver.specifierFor("api/a.ts", "packages/db/src/hidden.ts")).toBe("@db/hidden");
	});

	it("is relative where the file already reaches into other packages that way", async () => {
		const resolver = await open({ ...DB, "api/package.json": {}, "api/a.ts": 'import { x } from "../packages/db/src/index.js";' });
		expect(resolver.specifierFor("api/a.ts", "packages/db/src/hidden.ts")).toBe("../packages/db/src/hidden.js");
	});
});
