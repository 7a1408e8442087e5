import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type Postgres, startPostgres } from "../../scripts/lib/postgres.js";
import { check, PRISMA_7, places } from "../rules/support.js";
import { generatedClient } from "./support/generated-client.js";

const NAME = "interval-after-shutdown";

/** A server whose way down closes its client; `first` is what it does before that. */
const server = (first: string): string => `import { createServer } from "node:http";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });
const server = createServer((_request, response) => response.end("ok")).listen(0, "127.0.0.1");
const timer = setInterval(async () => console.log((await prisma.$queryRaw\`SELECT 1 AS one\`).length === 1 ? "queried" : ""), 50);
process.on("SIGTERM", async () => {
	${first}
	server.close();
	await prisma.$disconnect();
	console.log("closed");
});
`;

describe("a server with an interval that gets SIGTERM", () => {
	let postgres: Postgres;
	let modules: string;
	beforeAll(async () => {
		[postgres, modules] = await Promise.all([startPostgres(), generatedClient("7.10.0")]);
	});
	afterAll(() => postgres?.stop());

	async function start(code: string): Promise<{ readonly child: ChildProcess; heard(word: string): number }> {
		const folder = await mkdtemp(join(tmpdir(), "leak-lens-interval-"));
		onTestFinished(() => rm(folder, { recursive: true, force: true }));
		await symlink(join(modules, "node_modules"), join(folder, "node_modules"));
		await writeFile(join(folder, "server.mjs"), code);
		const env = { ...process.env, DATABASE_URL: `${postgres.url}?application_name=${NAME}` };
		const child = spawn(process.execPath, ["server.mjs"], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
		onTestFinished(() => void child.kill("SIGKILL"));
		let output = "";
		child.stdout.setEncoding("utf8").on("data", (text: string) => {
			output += text;
		});
		return { child, heard: (word) => output.split(word).length - 1 };
	}

	const found = async (code: string) => places(await check({ "package.json": PRISMA_7, "server.mjs": code }), "missing-shutdown");

	it("goes on querying the client it has closed and does not end, which the rule finds", async () => {
		const code = server("");
		const { child, heard } = await start(code);
		await expect.poll(() => heard("queried"), { timeout: 30_000 }).toBeGreaterThan(1);
		child.kill("SIGTERM");
		await expect.poll(() => heard("closed"), { timeout: 10_000 }).toBe(1);
		const then = heard("queried");
		await setTimeout(1_000);
		expect(child.exitCode).toBeNull();
		expect(child.signalCode).toBeNull();
		expect(heard("queried")).toBeGreaterThan(then + 2);
		const [row] = await postgres.query("SELECT count(*)::int AS open FROM pg_stat_activity WHERE application_name = $1", [NAME]);
		expect(Number(row?.open)).toBeGreaterThan(0);
		expect(await found(code)).toEqual(["server.mjs:6"]);
	}, 120_000);

	it("ends where it clears the interval first, and the rule is quiet", async () => {
		const code = server("clearInterval(timer);");
		const { child, heard } = await start(code);
		await expect.poll(() => heard("queried"), { timeout: 30_000 }).toBeGreaterThan(1);
		child.kill("SIGTERM");
		const [exitCode] = await once(child, "exit");
		expect({ exitCode, closed: heard("closed") }).toEqual({ exitCode: 0, closed: 1 });
		expect(await found(code)).toEqual([]);
	}, 120_000);
});
