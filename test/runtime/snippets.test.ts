import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Postgres, startPostgres } from "../../scripts/lib/postgres.js";
import { buildManagerProgram, type ManagerProgram } from "./support/manager-program.js";
import { expand, readSnippets } from "./support/snippet.js";

let postgres: Postgres;
beforeAll(async () => {
	postgres = await startPostgres();
	await postgres.query(`CREATE TABLE "Hotel" (id serial PRIMARY KEY, name text NOT NULL)`);
});
afterAll(() => postgres?.stop());

const HEAD = {
	TypeScript: `import { setTimeout as sleep } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/prisma/client.js";
import { prisma as managed, PrismaConnectionManager } from "./lib/prisma.js";
`,
	JavaScript: `const { setTimeout: sleep } = require("node:timers/promises");
const { PrismaPg } = require("@prisma/adapter-pg");
const pg = require("pg");
const { PrismaClient } = require("./generated/prisma");
const { prisma: managed, PrismaConnectionManager } = require("./lib/prisma");
`,
};
const CLIENTS = `
const manager = PrismaConnectionManager.getInstance();
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, application_name: "snippet", max: 8 });
const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }), log: [{ emit: "event", level: "query" }] });
`;

describe.each(["TypeScript", "JavaScript"] as const)("the snippets for %s", (language) => {
	const snippets = readSnippets(language === "TypeScript" ? "typescript" : "javascript");
	let program: ManagerProgram;
	beforeAll(async () => {
		program = await buildManagerProgram({ version: "7.10.0", language });
	});
	afterAll(() => program?.remove());

	const snippet = (prefix: string, typed: Readonly<Record<number, string>> = {}) => expand(snippets.get(prefix) ?? [], typed);
	const source = (work: string) => `${HEAD[language]}${CLIENTS}
async function main() {
${work}
	await Promise.all([prisma.$disconnect(), manager.disconnect()]);
	return result;
}

main().then((result) => console.log(JSON.stringify(result)));
`;
	async function result(name: string, work: string) {
		await program.write(name, source(work));
		return program.run(name, postgres.url);
	}

	it("compile as they are inserted", async () => {
		expect([...snippets.keys()]).toHaveLength(4);
		const inserted = [...snippets.keys()]
			.map((prefix) => `{\n${snippet(prefix, prefix === "prisma-transaction" ? { 3: "await tx.hotel.count();" } : {})}\n}`)
			.join("\n");
		await program.write(
			"inserted",
			source(`${inserted}\n	const result = [await sleep(1), await managed.hotel.count(), pool.totalCount];`),
		);
		if (language === "TypeScript") await program.typeCheck();
		else await program.run("inserted", postgres.url);
	});

	it("a transaction that oversleeps is rolled back, cleaned up after and reported", async () => {
		const inserted = snippet("prisma-transaction", {
			0: "cleaned++;",
			3: 'await tx.hotel.create({ data: { name: "snippet" } });\nawait sleep(900);\nawait tx.hotel.count();',
			4: "500",
			5: "400",
		});
		const { result: seen } = await result(
			"transaction",
			`	let cleaned = 0;
	const run = async () => {
		${inserted}
	};
	const code = await run().then(() => "done", (error) => error.code);
	const idle = await prisma.$queryRaw\`SELECT pid FROM pg_stat_activity WHERE application_name = 'snippet' AND state LIKE 'idle in%'\`;
	const result = { cleaned, code, idle, kept: await prisma.hotel.count({ where: { name: "snippet" } }), managed: typeof managed };`,
		);
		expect(seen).toEqual({ cleaned: 1, code: "P2028", idle: [], kept: 0, managed: "object" });
	});

	it("the monitor warns of a pool that is too full, and lets the process end", async () => {
		const { result: seen, output } = await result(
			"monitor",
			`	${snippet("prisma-connection-monitor", { 4: "50" })}
	${snippet("prisma-connection-monitor", { 1: "managerMonitor", 2: "manager.getMetrics().connectionCount", 3: "2", 4: "50" })}
	const hold = (client${language === "TypeScript" ? ": typeof managed | typeof prisma" : ""}) => client.$queryRaw\`SELECT 1 AS one FROM pg_sleep(1.5)\`;
	await Promise.all([1, 2, 3, 4, 5, 6].map(() => hold(prisma)));
	await Promise.all([1, 2, 3].map(() => hold(managed)));
	const result = await sleep(1, "ended");`,
		);
		expect(seen).toBe("ended");
		expect(output).toContain("Prisma: 6 connections are open.");
		expect(output).toContain("Prisma: 3 connections are open.");
	});

	it("the timer rotates the manager's connections, and lets the process end", async () => {
		const { result: seen } = await result(
			"rotation",
			`	${snippet("prisma-rotation-timer", { 3: "300" })}
	const pid = async () => JSON.stringify(await managed.$queryRaw\`SELECT pg_backend_pid() AS pid\`);
	const first = await pid();
	while (manager.getMetrics().rotationCount === 0) await sleep(50);
	const result = { rotated: first !== (await pid()), pools: pool.totalCount };`,
		);
		expect(seen).toEqual({ rotated: true, pools: 0 });
	});

	it("the slow-query log keeps the last ones, without their text", async () => {
		const { result: seen, output } = await result(
			"slow",
			`	${snippet("prisma-slow-query-log", { 3: "300", 4: "3" })}
	for (const name of ["a", "b", "c", "d", "e"]) await prisma.$queryRaw\`SELECT \${name}::text AS one FROM pg_sleep(0.35)\`;
	await prisma.hotel.count();
	await sleep(50, typeof managed);
	const result = slowQueries;`,
		);
		expect(seen).toEqual(Array.from({ length: 3 }, () => ({ at: expect.any(String), durationMs: expect.any(Number) })));
		expect(output).toMatch(/^Prisma: a query took \d+ ms\.$/m);
		expect(output).not.toMatch(/SELECT|pg_sleep/);
	});
});
