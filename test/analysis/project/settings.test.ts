import { describe, expect, it } from "vitest";
import { openProject } from "../../../src/analysis/index.js";
import { DEFAULT_SETTINGS, PROFILES, type Settings } from "../../../src/config/index.js";
import { check, type Files, PRISMA_6, places } from "../../rules/support.js";
import { writeWorkspace } from "../../support/disk-workspace.js";

const POOL = `import { Pool } from "pg";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.js";
const pool = new Pool({ max: 4, connectionTimeoutMillis: 5000 });
export const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
`;

const client = (of = "@prisma/client"): string =>
	`import { PrismaClient } from "${of}";\nexport const prisma = new PrismaClient();\nprisma.room.count();\n`;

/** Two clients that both run in the server. */
const TWO: Files = {
	"src/server.ts": 'import express from "express";\nimport "./a.js";\nimport "./b.js";\nexpress().listen(1);\n',
	"src/a.ts": client(),
	"src/b.ts": client(),
};

const PER_TENANT: Files = {
	"src/server.ts": `import express from "express";
import { PrismaClient } from "@prisma/client";
import { perTenant } from "./tenants.js";
const app = express();
app.get("/rooms", async (request, response) => {
	const prisma = await perTenant(request.params.tenant, () => new PrismaClient());
	response.json(await prisma.room.findMany());
});
app.listen(1);
`,
};

const withSettings = (settings: Partial<Settings>): Settings => ({ ...DEFAULT_SETTINGS, ...settings });

describe("rules", () => {
	it("report with the severity that the settings give them, all findings alike", async () => {
		const severities = async (settings: Settings) =>
			(await check({ "src/db.ts": POOL }, settings)).filter(({ rule }) => rule === "pool-size").map(({ severity }) => severity);
		expect(await severities(DEFAULT_SETTINGS)).toEqual(["hint"]);
		expect(await severities(withSettings({ rules: { "pool-size": "error" } }))).toEqual(["error"]);
	});

	it("do not run when they are off; the others do", async () => {
		expect(places(await check(TWO), "multiple-clients")).toHaveLength(2);
		const findings = await check({ ...TWO, "src/db.ts": POOL }, withSettings({ rules: { "multiple-clients": "off" } }));
		expect(places(findings, "multiple-clients")).toEqual([]);
		expect(places(findings, "pool-size")).toEqual(["src/db.ts:4"]);
	});

	it("measure against the profile's figures as they are set", async () => {
		const lenient = withSettings({ profile: { ...PROFILES.production, poolMax: 4 } });
		expect(places(await check({ "src/db.ts": POOL }, lenient), "pool-size")).toEqual([]);
	});
});

describe("a function named as a caching helper", () => {
	it("makes the client of its callback a cached one", async () => {
		expect(places(await check(PER_TENANT), "client-per-call")).toEqual(["src/server.ts:6"]);
		expect(places(await check(PER_TENANT, withSettings({ cachingHelpers: ["perTenant"] })), "client-per-call")).toEqual([]);
		expect(places(await check(PER_TENANT, withSettings({ cachingHelpers: ["tenant"] })), "client-per-call")).toHaveLength(1);
	});
});

describe("files", () => {
	it("are left out where a glob of the settings names them, with braces too", async () => {
		for (const exclude of [["src/b.ts"], ["b.ts"], ["/src/{b,c}.{ts,js}"], ["src/*", "!src/a.ts"]]) {
			expect(places(await check(TWO, withSettings({ exclude })), "multiple-clients"), String(exclude)).toEqual([]);
		}
		expect(places(await check(TWO, withSettings({ exclude: ["/b.ts", "src/{b"] })), "multiple-clients")).toHaveLength(2);
	});

	it("have the role that the last glob gives them, whatever their path tells", async () => {
		expect(places(await check(TWO, withSettings({ roles: { "src/b.ts": "script" } })), "multiple-clients")).toEqual([]);
		const among = async (roles: Settings["roles"]) => places(await check(TWO, withSettings({ roles })), "multiple-clients");
		expect(await among({ "src/{a,b}.ts": "script", "src/*.ts": "app" })).toHaveLength(2);
		expect(await among({ "src/*.ts": "app", "src/{a,b}.ts": "script" })).toEqual([]);
		const inScripts = {
			"src/server.ts": TWO["src/server.ts"]?.replace("./b.js", "./scripts/b.js") ?? "",
			"src/a.ts": client(),
			"src/scripts/b.ts": client(),
		};
		expect(places(await check(inScripts), "multiple-clients")).toEqual([]);
		expect(places(await check(inScripts, withSettings({ roles: { "**/scripts/b.ts": "app" } })), "multiple-clients")).toHaveLength(2);
	});
});

it("follows settings that change, without a scan", async () => {
	const workspace = await writeWorkspace({ "package.json": PRISMA_6, "src/db.ts": POOL });
	const project = openProject(workspace.root);
	await project.scan();
	const severities = () => project.findings().flatMap(({ rule, severity }) => (rule === "pool-size" ? [severity] : []));
	expect(severities()).toEqual(["hint"]);
	project.configure(withSettings({ rules: { "pool-size": "warning" } }));
	expect(severities()).toEqual(["warning"]);
	project.configure(withSettings({ rules: { "pool-size": "off" } }));
	expect(severities()).toEqual([]);
	project.configure(DEFAULT_SETTINGS);
	expect(severities()).toEqual(["hint"]);
	await workspace.remove();
});
