import { describe, expect, it } from "vitest";
import { openProject } from "../../../src/analysis/index.js";
import { DEFAULT_SETTINGS, PROFILES, type Settings } from "../../../src/config/index.js";
import type { PoolHint } from "../../../src/protocol/index.js";
import { type Files, writeTree } from "../workspace/tree.js";

const PRISMA_7 = {
	name: "app",
	type: "module",
	dependencies: { "@prisma/client": "7.10.0", "@prisma/adapter-pg": "7.10.0", express: "5.0.0" },
};
const PRISMA_6 = { name: "app", type: "module", dependencies: { "@prisma/client": "6.12.0", express: "5.0.0" } };
const SCHEMA =
	'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\nmodel Room {\n  id Int @id\n}\nmodel Guest {\n  id Int @id\n}\n';

/** The hints of a file that have a label. */
async function hints(files: Files, file: string, settings: Settings = DEFAULT_SETTINGS): Promise<readonly PoolHint[]> {
	return (await notes(files, file, settings)).filter(({ label }) => label !== null);
}

async function notes(files: Files, file: string, settings: Settings = DEFAULT_SETTINGS): Promise<readonly PoolHint[]> {
	const project = openProject(await writeTree(files), settings);
	await project.scan();
	return project.hints(file);
}

const labels = async (files: Files, file: string): Promise<string[]> => (await hints(files, file)).flatMap((hint) => hint.label ?? []);

const pgClient = (options = ""): string =>
	`import { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "../generated/prisma/client.js";\nexport const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL${options} }) });\n`;
const CLIENT_6 = `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`;

describe("the hint after a client", () => {
	it("names the pool in force, and the client's place among others with what it costs", async () => {
		const files = {
			"package.json": PRISMA_7,
			"prisma/schema.prisma": SCHEMA,
			"src/a.ts": pgClient(),
			"src/b.ts": pgClient(", max: 2"),
			"src/c.ts": pgClient(", max: Number(process.env.POOL ?? 3)"),
		};
		expect(await labels(files, "src/a.ts")).toEqual(["pool 10 · 1 of 3 clients · ≈ +3–4 MB"]);
		expect(await labels(files, "src/b.ts")).toEqual(["pool 2 · 2 of 3 clients · ≈ +3–4 MB"]);
		expect(await labels(files, "src/c.ts")).toEqual(["pool 3 · 3 of 3 clients · ≈ +3–4 MB"]);
	});

	it("of the only client is the pool alone, after the closing parenthesis", async () => {
		const [hint] = await hints({ "package.json": PRISMA_6, "src/db.ts": CLIENT_6 }, "src/db.ts");
		expect(hint).toMatchObject({ label: "pool 2×cpus+1", line: 2, column: "export const prisma = new PrismaClient()".length + 1 });
		expect(hint?.tooltip).toContain("2 × physical CPUs + 1 connections");
		expect(hint?.tooltip).toContain("15–25 MB (project analysis of Prisma 5, Rust library engine");
	});

	it("takes connection_limit from the env file for the Rust engine", async () => {
		const files = {
			"package.json": PRISMA_6,
			"prisma/schema.prisma": SCHEMA,
			".env": "DATABASE_URL=postgres://db/x?connection_limit=4\n",
			"src/db.ts": CLIENT_6,
		};
		expect(await labels(files, "src/db.ts")).toEqual(["pool 4"]);
	});

	it("does not take it under an adapter that ignores it", async () => {
		const files = {
			"package.json": PRISMA_7,
			"prisma/schema.prisma": SCHEMA,
			".env": "DATABASE_URL=postgres://db/x?connection_limit=4\n",
			"src/db.ts": pgClient(),
		};
		expect(await labels(files, "src/db.ts")).toEqual(["pool 10"]);
	});

	it("finds the adapter that a subclass hands to its base", async () => {
		const files = {
			"package.json": PRISMA_7,
			"src/store.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "../generated/prisma/client.js";\nclass Store extends PrismaClient {\n\tconstructor() {\n\t\tsuper({ adapter: new PrismaPg({ max: 2 }) });\n\t}\n}\nexport const store = new Store();\n`,
		};
		expect(await labels(files, "src/store.ts")).toEqual(["pool 2"]);
	});

	it("stands after super(…) in a service that a container builds", async () => {
		const text = `import { Injectable } from "@nestjs/common";\nimport { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "../generated/prisma/client.js";\n@Injectable()\nexport class PrismaService extends PrismaClient {\n\tconstructor() {\n\t\tsuper({ adapter: new PrismaPg({ max: 2 }) });\n\t}\n}\n`;
		const [hint, ...more] = await hints({ "package.json": PRISMA_7, "src/prisma.service.ts": text }, "src/prisma.service.ts");
		expect(hint).toMatchObject({ label: "pool 2", line: 7, column: "\t\tsuper({ adapter: new PrismaPg({ max: 2 }) })".length + 1 });
		expect(more).toEqual([]);
		const plain = {
			"package.json": PRISMA_6,
			"src/prisma.service.ts": `import { Injectable } from "@nestjs/common";\nimport { PrismaClient } from "@prisma/client";\n@Injectable()\nexport class PrismaService extends PrismaClient {}\n`,
		};
		expect(await hints(plain, "src/prisma.service.ts")).toMatchObject([{ label: "pool 2×cpus+1", line: 4 }]);
	});

	it("counts the branches of one condition as one client", async () => {
		const files = {
			"package.json": PRISMA_6,
			"src/db.ts": `import { PrismaClient } from "@prisma/client";\nconst holder = globalThis as { db?: PrismaClient };\nlet db: PrismaClient;\nif (process.env.NODE_ENV === "production") {\n\tdb = new PrismaClient();\n} else {\n\tholder.db ??= new PrismaClient();\n\tdb = holder.db;\n}\nexport { db };\n`,
		};
		expect(await labels(files, "src/db.ts")).toEqual(["pool 2×cpus+1", "pool 2×cpus+1"]);
	});

	it("says nothing of a pool where queries leave over HTTP or go to a file", async () => {
		const accelerate = { ...PRISMA_6, dependencies: { ...PRISMA_6.dependencies, "@prisma/extension-accelerate": "1.0.0" } };
		expect(await labels({ "package.json": accelerate, "src/db.ts": CLIENT_6 }, "src/db.ts")).toEqual([]);
		const sqlite = { "package.json": PRISMA_6, "prisma/schema.prisma": SCHEMA.replace("postgresql", "sqlite"), "src/db.ts": CLIENT_6 };
		expect(await labels(sqlite, "src/db.ts")).toEqual([]);
	});
});

describe("the hint after a number", () => {
	it("is the estimate and what the profile recommends", async () => {
		const files = { "package.json": PRISMA_7, "src/db.ts": pgClient(", max: 20") };
		const [number, client] = await hints(files, "src/db.ts");
		expect(number).toMatchObject({ label: "≈ +4–10 MB · use ≤ 3", line: 3 });
		expect(files["src/db.ts"].split("\n")[2]?.slice(0, (number?.column ?? 1) - 1)).toMatch(/max: 20$/);
		expect(number?.tooltip).toContain("20 × 0.2–0.5 MB = 4–10 MB (measured on Prisma 7");
		expect(number?.tooltip).toContain("prismaLeakLens.profile");
		expect(client?.label).toBe("pool 20");
	});

	it("follows the profile", async () => {
		const files = { "package.json": PRISMA_7, "src/db.ts": pgClient(", max: 5") };
		const development = await hints(files, "src/db.ts", { ...DEFAULT_SETTINGS, profile: PROFILES.development });
		expect(development.map((hint) => hint.label)).toEqual(["pool 5"]);
		expect(await labels(files, "src/db.ts")).toEqual(["≈ +1–3 MB · use ≤ 3", "pool 5"]);
	});

	it("stands in env files and schemas, with what the engine does with it", async () => {
		const url = "DATABASE_URL=postgres://db/x?connection_limit=20\n";
		const schema = SCHEMA.replace('env("DATABASE_URL")', '"postgres://db/x?connection_limit=12"');
		const rust = { "package.json": PRISMA_6, ".env": url, "prisma/schema.prisma": schema, "src/db.ts": CLIENT_6 };
		expect(await hints(rust, ".env")).toMatchObject([{ file: ".env", line: 1, column: url.length, label: "≈ +60–100 MB · use ≤ 3" }]);
		expect(await labels(rust, "prisma/schema.prisma")).toEqual(["≈ +36–60 MB · use ≤ 3"]);
		const pg = { "package.json": PRISMA_7, ".env": url, "src/db.ts": pgClient() };
		const [ignored] = await hints(pg, ".env");
		expect(ignored?.label).toBe("ignored by node-postgres");
		expect(ignored?.tooltip).toContain("`max`");
	});

	it("says of a manager how many clients are enough", async () => {
		const files = {
			"package.json": PRISMA_7,
			"prisma/schema.prisma": SCHEMA,
			"src/manager.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "../generated/prisma/client.js";\nexport class Clients {\n\tprivate open: PrismaClient[] = [];\n\tprivate maxClients = 16;\n\ttake() {\n\t\tif (this.open.length < this.maxClients) this.open.push(new PrismaClient({ adapter: new PrismaPg({}) }));\n\t\treturn this.open[0];\n\t}\n}\n`,
		};
		const [number] = await hints(files, "src/manager.ts");
		expect(number?.label).toBe("≈ +45–60 MB · use 1 client");
		expect(number?.tooltip).toContain("15 × 3–4 MB = 45–60 MB");
	});
});

describe("hints", () => {
	it("are at most 40 characters long", async () => {
		const many = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`src/c${index}.ts`, CLIENT_6]));
		const files = { "package.json": PRISMA_6, "prisma/schema.prisma": SCHEMA, ...many };
		expect(await labels(files, "src/c99.ts")).toEqual(["pool 2×cpus+1 · 120 of 120 clients"]);
	});

	it("are worked out once between two edits, and anew after an edit elsewhere", async () => {
		const project = openProject(await writeTree({ "package.json": PRISMA_6, "src/a.ts": CLIENT_6, "src/b.ts": "" }));
		await project.scan();
		const [hints, lenses] = [project.hints("src/a.ts"), project.lenses("src/a.ts")];
		expect(project.hints("src/a.ts")).toBe(hints);
		expect(project.lenses("src/a.ts")).toBe(lenses);
		project.setText("src/b.ts", CLIENT_6);
		expect(project.hints("src/a.ts").map(({ label }) => label)).toEqual([expect.stringContaining("1 of 2 clients")]);
		expect(project.lenses("src/a.ts").map(({ title }) => title)).toEqual(["1 of 2 clients"]);
	});

	it("are absent from tests and seeds", async () => {
		const files = { "package.json": PRISMA_6, "tests/db.ts": CLIENT_6, "prisma/seed.ts": CLIENT_6 };
		expect(await notes(files, "tests/db.ts")).toEqual([]);
		expect(await notes(files, "prisma/seed.ts")).toEqual([]);
	});

	it("never show a URL or what is in it", async () => {
		const files = {
			"package.json": PRISMA_6,
			"prisma/schema.prisma": SCHEMA,
			".env": "DATABASE_URL=postgres://hotel:s3cr3t@db.internal/x?connection_limit=20\n",
			"src/db.ts": CLIENT_6,
		};
		const all = [...(await notes(files, ".env")), ...(await notes(files, "src/db.ts"))];
		expect(all.length).toBeGreaterThan(2);
		expect(JSON.stringify(all)).not.toMatch(/s3cr3t|hotel|db\.internal/);
	});
});
