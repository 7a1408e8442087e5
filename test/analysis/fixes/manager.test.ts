import { describe, expect, it } from "vitest";
import { planUseSingleton } from "../../../src/analysis/fixes/index.js";
import { DEFAULT_SETTINGS, PROFILES } from "../../../src/config/index.js";
import { check, places } from "../../rules/support.js";
import { readSingletonFixtures } from "./fixture.js";
import { apply, TestWorkspace } from "./workspace.js";

const fixtures = readSingletonFixtures().filter(({ style }) => style === "manager");
const CLIENT_IMPORT = /^.*PrismaClient\b.*(from|require).*$/m;

describe.each(fixtures)("the manager that $name creates", ({ before, after, kind, fix: [first = ""] }) => {
	const fixed = Object.fromEntries([...before, ...after]);

	it("is quiet under every rule", async () => {
		expect(await check(fixed)).toEqual([]);
	});

	it("is the shared client for those who come later", async () => {
		const line = CLIENT_IMPORT.exec(before.get(first) ?? "")?.[0];
		const late = first.replace(/\w+\.(\w+)$/, "late.$1");
		const handedOut = kind === "js-cjs" ? "module.exports = { count }" : "export { count }";
		const text = `${line}\nconst late = new PrismaClient();\nconst count = () => late.user.count();\n${handedOut};\n`;
		const findings = await check({ ...fixed, [late]: text });
		expect(places(findings, "multiple-clients")).toEqual([`${late}:2`]);
		const [finding] = findings.filter(({ rule }) => rule === "multiple-clients");
		expect(finding?.message).toMatch(/Use the one from \S+prisma\.[jt]s\./);
	});
});

describe("the manager's module", () => {
	const PACKAGE = `{ "name": "app", "type": "module", "dependencies": { "@prisma/client": "^7.10.0", "@prisma/adapter-pg": "^7.10.0", "pg": "^8.0.0" } }`;
	const module = async (text: string, profile = PROFILES.production, files: Readonly<Record<string, string>> = {}) => {
		const all = new Map(Object.entries({ "package.json": PACKAGE, ...files, "src/users.ts": text }));
		const workspace = await TestWorkspace.open(all);
		try {
			const [request] = workspace.requests({ fix: ["src/users.ts"], shared: null, classes: ["PrismaClient"], style: "manager" });
			if (!request) throw new Error("The text has no client.");
			const repair = planUseSingleton({ ...request, settings: { ...DEFAULT_SETTINGS, singletonStyle: "manager", profile } });
			return { text: apply(all, repair.changes).get("src/lib/prisma.ts") ?? "", notes: repair.notes };
		} finally {
			workspace.close();
		}
	};
	const IMPORTS = `import { PrismaPg } from "@prisma/adapter-pg";\nimport pg from "pg";\nimport { PrismaClient } from "./generated/prisma/client.js";\n`;

	it("takes its time-outs from the profile", async () => {
		const text = `${IMPORTS}export const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });\n`;
		const production = await module(text);
		expect(production.text).toContain("const TRANSACTION_LIMITS = { maxWait: 5_000, timeout: 20_000 };");
		expect(production.text).toContain("const CONNECTION_WAIT_MS = 8_000;");
		expect(production.notes).toEqual(["A query waits 8 s at most for a connection from now on."]);
		const development = await module(text, PROFILES.development);
		expect(development.text).toContain("const TRANSACTION_LIMITS = { maxWait: 10_000, timeout: 20_000 };");
		expect(development.text).toContain("const CONNECTION_WAIT_MS = 10_000;");
	});

	it("keeps the pool's own limits", async () => {
		const own = "{ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 3_000, maxLifetimeSeconds: 60 }";
		const { text, notes } = await module(`${IMPORTS}export const prisma = new PrismaClient({ adapter: new PrismaPg(${own}) });\n`);
		expect(text).toContain(`new PrismaPg(${own})`);
		expect(text).not.toMatch(/CONNECTION_WAIT_MS|MAX_CONNECTION_AGE_SECONDS/);
		expect(notes).toEqual([]);
	});

	it("lets the adapter end a pool it is given", async () => {
		const { text } = await module(
			`${IMPORTS}const pool = new pg.Pool();\nexport const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });\n`,
		);
		expect(text).toContain("new PrismaPg(pool, { disposeExternalPool: true })");
		expect(text).toContain(
			"const pool = new pg.Pool({ connectionTimeoutMillis: CONNECTION_WAIT_MS, maxLifetimeSeconds: MAX_CONNECTION_AGE_SECONDS });",
		);
	});

	it("asks MongoDB in MongoDB's way", async () => {
		const schema = `generator client {\n  provider = "prisma-client-js"\n}\ndatasource db {\n  provider = "mongodb"\n  url = env("DATABASE_URL")\n}\n`;
		const { text } = await module(
			`import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`,
			PROFILES.production,
			{
				"package.json": `{ "name": "app", "type": "module", "dependencies": { "@prisma/client": "^6.19.0" } }`,
				"prisma/schema.prisma": schema,
			},
		);
		expect(text).toContain("this.client.$runCommandRaw({ ping: 1 })");
	});
});
