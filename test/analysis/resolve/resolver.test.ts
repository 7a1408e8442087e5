import { describe, expect, it } from "vitest";
import type { Resolver } from "../../../src/analysis/resolve/index.js";
import { SCHEMA } from "../workspace/tree.js";
import { open } from "./open.js";

const file = (resolver: Resolver, from: string, specifier: string): string => {
	const found = resolver.resolve(from, specifier);
	return found.kind === "file" ? found.path : found.kind;
};

describe("a relative import", () => {
	it.each([
		["./b", "src/b.ts"],
		["./b.js", "src/b.ts"],
		["./b.ts", "src/b.ts"],
		["./view.js", "src/view.tsx"],
		["./m.mjs", "src/m.mts"],
		["./c.cjs", "src/c.cts"],
		["./plain.js", "src/plain.js"],
		["./lib", "src/lib/index.ts"],
		["./lib/", "src/lib/index.ts"],
		["./lib/index.js", "src/lib/index.ts"],
		["../root", "root.js"],
		["..", "index.ts"],
		["./dotted.service", "src/dotted.service.ts"],
		["./b?raw", "src/b.ts"],
		["./missing", "unresolved"],
		["../../outside", "unresolved"],
		["", "unresolved"],
	])("%s leads to %s", async (specifier, expected) => {
		const resolver = await open({
			"index.ts": "",
			"root.js": "",
			"src/a.ts": "",
			"src/b.ts": "",
			"src/view.tsx": "",
			"src/m.mts": "",
			"src/c.cts": "",
			"src/plain.js": "",
			"src/lib/index.ts": "",
			"src/dotted.service.ts": "",
		});
		expect(file(resolver, "src/a.ts", specifier)).toBe(expected);
	});

	it("prefers the file to the folder of the same name", async () => {
		expect(file(await open({ "a.ts": "", "db.ts": "", "db/index.ts": "" }), "a.ts", "./db")).toBe("db.ts");
	});
});

describe("compiler configurations", () => {
	it("give paths, through extends, comments and trailing commas", async () => {
		const resolver = await open({
			"tsconfig.base.json":
				'{\n// shared\n"compilerOptions": { "baseUrl": ".", "paths": { "@db": ["packages/db/index.ts"], "@lib/*": ["lib/*", "shared/*"], }, } }',
			"apps/api/tsconfig.json": { extends: "../../tsconfig.base" },
			"packages/db/index.ts": "",
			"shared/text.ts": "",
			"apps/api/a.ts": "",
		});
		expect(file(resolver, "apps/api/a.ts", "@db")).toBe("packages/db/index.ts");
		expect(file(resolver, "apps/api/a.ts", "@lib/text.js")).toBe("shared/text.ts");
	});

	it("extend a configuration package of the workspace", async () => {
		const resolver = await open({
			"packages/tsconfig/package.json": { name: "@acme/tsconfig" },
			"packages/tsconfig/app.json": { compilerOptions: { paths: { "#/*": ["../../apps/web/src/*"] } } },
			"apps/web/tsconfig.json": { extends: ["@acme/tsconfig/app.json"] },
			"apps/web/src/db.ts": "",
		});
		expect(file(resolver, "apps/web/src/a.ts", "#/db")).toBe("apps/web/src/db.ts");
	});

	it("may be split into referenced ones", async () => {
		const resolver = await open({
			"tsconfig.json": { files: [], references: [{ path: "./tsconfig.app.json" }] },
			"tsconfig.app.json": { compilerOptions: { paths: { "@/*": ["./client/*"] } } },
			"client/db.ts": "",
		});
		expect(file(resolver, "client/a.ts", "@/db")).toBe("client/db.ts");
	});

	it("prefer the longest pattern, and fall back to the ones above", async () => {
		const resolver = await open({
			"tsconfig.json": { compilerOptions: { paths: { "@shared/*": ["shared/*"] } } },
			"api/tsconfig.json": { compilerOptions: { paths: { "*": ["./any/*"], "@/*": ["./src/*"], "@/db/*": ["./database/*"] } } },
			"shared/log.ts": "",
			"api/database/client.ts": "",
			"api/src/db/client.ts": "",
		});
		expect(file(resolver, "api/src/a.ts", "@/db/client")).toBe("api/database/client.ts");
		expect(file(resolver, "api/src/a.ts", "@shared/log")).toBe("shared/log.ts");
	});

	it("open bare specifiers below baseUrl", async () => {
		const resolver = await open({ "tsconfig.json": { compilerOptions: { baseUrl: "./src" } }, "src/lib/db.ts": "", "src/a.ts": "" });
		expect(file(resolver, "src/a.ts", "lib/db")).toBe("src/lib/db.ts");
		expect(resolver.resolve("src/a.ts", "express")).toEqual({ kind: "package", name: "express", subpath: "" });
	});

	it("that extend each other in a circle end", async () => {
		const resolver = await open({
			"tsconfig.json": { extends: "./b.json" },
			"b.json": { extends: "./tsconfig.json" },
			"a.ts": "",
			"c.ts": "",
		});
		expect(file(resolver, "a.ts", "./c")).toBe("c.ts");
	});

	it("that are broken are as none", async () => {
		expect(file(await open({ "tsconfig.json": "{ nope", "a.ts": "", "b.ts": "" }), "a.ts", "./b")).toBe("b.ts");
	});
});

describe("aliases of frameworks", () => {
	it.each([
		["$lib/db", "src/lib/db.ts"],
		["$lib", "src/lib/index.ts"],
		["@/lib/db", "src/lib/db.ts"],
		["~/server/x", "server/x.ts"],
		["~~/server/x", "server/x.ts"],
		["@/nowhere", "unresolved"],
	])("%s leads to %s without any configuration", async (specifier, expected) => {
		const resolver = await open({
			"package.json": {},
			"src/lib/db.ts": "",
			"src/lib/index.ts": "",
			"server/x.ts": "",
			"src/routes/a.ts": "",
		});
		expect(file(resolver, "src/routes/a.ts", specifier)).toBe(expected);
	});
});

describe("packages", () => {
	it.each([
		["express", { kind: "package", name: "express", subpath: "" }],
		["@prisma/client", { kind: "package", name: "@prisma/client", subpath: "" }],
		["@prisma/client/edge", { kind: "package", name: "@prisma/client", subpath: "edge" }],
		[".prisma/client", { kind: "package", name: "@prisma/client", subpath: "" }],
		["../node_modules/.prisma/client", { kind: "package", name: "@prisma/client", subpath: "" }],
		["node:fs/promises", { kind: "package", name: "fs", subpath: "promises" }],
	])("outside the workspace: %s", async (specifier, expected) => {
		expect((await open({ "src/a.ts": "" })).resolve("src/a.ts", specifier)).toEqual(expected);
	});

	it.each([
		[
			"exports with conditions",
			{ exports: { ".": { types: "./dist/index.d.ts", import: "./dist/index.mjs" }, "./client": "./dist/client.js" } },
		],
		["a single export", { exports: "./dist/index.js" }],
		["main", { main: "dist/index.js", types: "dist/index.d.ts" }],
		["main in a deeper output folder", { main: "./lib/cjs/index.js" }],
		["nothing", {}],
	])("of the workspace lead to the sources their output is built from: %s", async (_form, manifest) => {
		const resolver = await open({
			"packages/db/package.json": { name: "@acme/db", version: "1.0.0", ...manifest },
			"packages/db/src/index.ts": "",
			"packages/db/src/client.ts": "",
			"apps/api/package.json": { name: "api", dependencies: { "@acme/db": "workspace:*" } },
			"apps/api/a.ts": "",
		});
		expect(file(resolver, "apps/api/a.ts", "@acme/db")).toBe("packages/db/src/index.ts");
		expect(file(resolver, "apps/api/a.ts", "@acme/db/client")).toBe("packages/db/src/client.ts");
	});

	it("follow patterns in exports, the most specific first", async () => {
		const resolver = await open({
			"db/package.json": { name: "@acme/db", exports: { "./*": "./src/*.ts", "./tenant/*": "./tenants/*/index.ts", "./private/*": null } },
			"db/src/client.ts": "",
			"db/tenants/a/index.ts": "",
			"x.ts": "",
		});
		expect(file(resolver, "x.ts", "@acme/db/client")).toBe("db/src/client.ts");
		expect(file(resolver, "x.ts", "@acme/db/tenant/a")).toBe("db/tenants/a/index.ts");
		expect(file(resolver, "x.ts", "@acme/db/private/a")).toBe("unresolved");
	});

	it("that only share their name with one in the registry are not taken for it", async () => {
		const resolver = await open({
			"templates/react/package.json": { name: "react", version: "0.1.0" },
			"templates/react/src/index.ts": "",
			"web/package.json": { dependencies: { react: "^19.0.0" } },
			"web/a.ts": "",
		});
		expect(resolver.resolve("web/a.ts", "react")).toEqual({ kind: "package", name: "react", subpath: "" });
	});

	it("have private imports of their own", async () => {
		const resolver = await open({
			"package.json": { imports: { "#db": { default: "./dist/db.js" }, "#lib/*": "./src/lib/*.js" } },
			"src/db.ts": "",
			"src/lib/text.ts": "",
		});
		expect(file(resolver, "src/a.ts", "#db")).toBe("src/db.ts");
		expect(file(resolver, "src/a.ts", "#lib/text")).toBe("src/lib/text.ts");
	});
});

describe("a generated client", () => {
	const generated = (output: string, provider = "prisma-client"): string =>
		SCHEMA.replace('provider = "prisma-client-js"', `provider = "${provider}"\n  output = "${output}"`);
	const TS = { compilerOptions: { paths: { "@/*": ["./src/*"] } } };

	it.each([
		"../generated/prisma",
		"../generated/prisma/client",
		"../generated/prisma/client.js",
		"@/generated/prisma",
		"@/generated/prisma/client",
	])("is known by its place though nothing is generated: %s", async (specifier) => {
		const resolver = await open({
			"package.json": { dependencies: { prisma: "7.0.0" } },
			"prisma/schema.prisma": generated("../src/generated/prisma"),
			"tsconfig.json": TS,
			"src/lib/a.ts": "",
		});
		expect(resolver.resolve("src/lib/a.ts", specifier)).toMatchObject({
			kind: "generated",
			schema: "prisma/schema.prisma",
			generator: { output: "src/generated/prisma" },
		});
	});

	it("is known also when it is committed", async () => {
		const resolver = await open({ "prisma/schema.prisma": generated("../src/db"), "src/db/client.ts": "", "src/a.ts": "" });
		expect(resolver.resolve("src/a.ts", "./db/client.js").kind).toBe("generated");
	});

	it("may lie in another workspace package, reached by its name", async () => {
		const resolver = await open({
			"packages/db/package.json": { name: "@acme/db", dependencies: { prisma: "7.0.0" }, exports: { "./client": "./generated/client.js" } },
			"packages/db/prisma/schema.prisma": generated("../generated"),
			"api/package.json": { dependencies: { "@acme/db": "workspace:*" } },
			"api/a.ts": "",
		});
		expect(resolver.resolve("api/a.ts", "@acme/db/client")).toMatchObject({
			kind: "generated",
			schema: "packages/db/prisma/schema.prisma",
		});
	});

	it("may be installed under a name of its own", async () => {
		const resolver = await open({
			"package.json": { dependencies: { prisma: "6.0.0" } },
			"prisma/tenant.prisma": generated("../node_modules/@prisma/tenant-client", "prisma-client-js"),
			"prisma/main.prisma": generated("../node_modules/.prisma/client", "prisma-client-js"),
			"src/a.ts": "",
		});
		expect(resolver.resolve("src/a.ts", "@prisma/tenant-client")).toMatchObject({ kind: "generated", schema: "prisma/tenant.prisma" });
		expect(resolver.resolve("src/a.ts", "@prisma/client")).toEqual({ kind: "package", name: "@prisma/client", subpath: "" });
	});

	it("is taken for the package's where a script copies it to another place", async () => {
		const resolver = await open({
			"control/package.json": { dependencies: { prisma: "6.0.0" } },
			"control/prisma/schema.prisma": generated("../src/generated/prisma", "prisma-client-js"),
			"api/package.json": { dependencies: { "@prisma/client": "6.0.0" } },
			"api/src/a.ts": "",
		});
		expect(resolver.resolve("api/src/a.ts", "./generated/prisma").kind).toBe("generated");
		expect(resolver.resolve("api/src/a.ts", "./generated/graphql").kind).toBe("unresolved");
	});
});

describe("speed", () => {
	it("answers at least 100,000 known imports a second", async () => {
		const resolver = await open({ "src/a.ts": "", "src/b.ts": "", "tsconfig.json": {} });
		const start = performance.now();
		let files = 0;
		for (let i = 0; i < 100_000; i++) if (resolver.resolve("src/a.ts", i % 2 === 0 ? "./b" : "express").kind === "file") files++;
		expect(files).toBe(50_000);
		expect(performance.now() - start).toBeLessThan(1_000);
	});
});
