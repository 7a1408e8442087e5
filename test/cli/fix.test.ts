import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DiskWorkspace, TWO_CLIENTS, writeWorkspace } from "../support/disk-workspace.js";
import { runCli } from "./support/run.js";

const USES_SHARED = `import { prisma } from "./prisma.js";

export const rooms = () => prisma.room.findMany();
`;

let workspace: DiskWorkspace;
beforeEach(async () => {
	workspace = await writeWorkspace(TWO_CLIENTS);
});
afterEach(() => workspace.remove());

function read(file: string): Promise<string> {
	return readFile(join(workspace.root, file), "utf8");
}

describe("fix", () => {
	it("prints a unified diff and changes nothing under --dry-run", async () => {
		const { code, stdout } = await runCli("fix", workspace.root, "--dry-run");
		expect(code).toBe(0);
		expect(stdout).toContain("--- a/src/rooms.ts");
		expect(stdout).toContain("+++ b/src/rooms.ts");
		expect(stdout).toContain('+import { prisma } from "./prisma.js";');
		expect(await read("src/rooms.ts")).toBe(TWO_CLIENTS["src/rooms.ts"]);
	});

	it("points the second client to the shared one, and check finds nothing more", async () => {
		const { code, stdout } = await runCli("fix", workspace.root);
		expect(stdout).toBe("Changed src/rooms.ts\n");
		expect(code).toBe(0);
		expect(await read("src/rooms.ts")).toBe(USES_SHARED);
		expect((await runCli("check", workspace.root)).code).toBe(0);
	});

	it("keeps to one rule when asked to, though both are fixed in the same way", async () => {
		const report = `import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../generated/prisma/client.js";

export async function report(_request: unknown, response: { json(body: unknown): void }) {
	const own = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });
	response.json(await own.room.count());
}
`;
		const server = `import { report } from "./report.js";\n${TWO_CLIENTS["src/server.ts"]}app.get("/report", report);\n`;
		const both = await writeWorkspace({ ...TWO_CLIENTS, "src/report.ts": report, "src/server.ts": server });
		const { stdout } = await runCli("fix", both.root, "--rule", "client-per-call");
		expect(stdout).toBe("Changed src/report.ts\n");
		expect(await readFile(join(both.root, "src/rooms.ts"), "utf8")).toBe(TWO_CLIENTS["src/rooms.ts"]);
		await both.remove();
	});

	it("shows no credentials and no neighbours of a setting in an env file", async () => {
		const url = "postgresql://app:hunter2@localhost:5432/app?connection_limit";
		const rust = await writeWorkspace({
			"package.json": `{ "name": "app", "dependencies": { "@prisma/client": "^6.19.0" } }`,
			"prisma/schema.prisma": `datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n`,
			"src/db.js": `const { PrismaClient } = require("@prisma/client");\nmodule.exports = new PrismaClient();\n`,
			".env": `API_KEY=sesame\nDATABASE_URL=${url}=20\n`,
		});
		const { stdout } = await runCli("fix", rust.root, "--dry-run");
		expect(stdout).toContain("+DATABASE_URL=postgresql://…@localhost:5432/app?connection_limit=3");
		expect(stdout).not.toMatch(/hunter2|sesame/);
		await runCli("fix", rust.root);
		expect(await readFile(join(rust.root, ".env"), "utf8")).toBe(`API_KEY=sesame\nDATABASE_URL=${url}=3\n`);
		await rust.remove();
	});

	it("goes on until what a fix brought up is fixed too", async () => {
		const pools = `import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../generated/prisma/client.js";

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, max: 20 }) });
export const guests = () => prisma.guest.findMany();
`;
		const both = await writeWorkspace({ ...TWO_CLIENTS, "src/rooms.ts": pools });
		const { stdout } = await runCli("fix", both.root);
		expect(stdout).toBe("Changed src/rooms.ts\n");
		expect(await readFile(join(both.root, "src/rooms.ts"), "utf8")).toBe(USES_SHARED.replaceAll("room", "guest"));
		expect((await runCli("check", both.root)).code).toBe(0);
		await both.remove();
	});

	it("says what the shared client's options change for a client that had none", async () => {
		const logging = TWO_CLIENTS["src/prisma.ts"]?.replace("PrismaClient({", 'PrismaClient({ log: ["warn"],') ?? "";
		const both = await writeWorkspace({ ...TWO_CLIENTS, "src/prisma.ts": logging });
		const { stdout, stderr } = await runCli("fix", both.root, "--dry-run");
		expect(stdout).toContain('+import { prisma } from "./prisma.js";');
		expect(stderr).toBe("The options `log` of the client in src/prisma.ts apply from now on.\n");
		await both.remove();
	});

	it("leaves hints alone until their rule is asked for", async () => {
		const wrapper = `import { prisma } from "./prisma.js";

export async function inTransaction(work) {
	return prisma.$transaction(work);
}
`;
		const files = { ...TWO_CLIENTS, "src/rooms.ts": USES_SHARED, "src/transaction.ts": wrapper };
		const hinted = await writeWorkspace(files);
		const all = await runCli("fix", hinted.root);
		expect(all.stderr).toBe("Left alone: 1 hint of transaction-timeout, which --rule transaction-timeout fixes.\nNothing to fix.\n");
		const asked = await runCli("fix", hinted.root, "--rule", "transaction-timeout");
		expect(asked.stdout).toBe("Changed src/transaction.ts\n");
		expect(await readFile(join(hinted.root, "src/transaction.ts"), "utf8")).toContain("{ maxWait: 5000, timeout: 20000 }");
		await hinted.remove();
	});

	it("says when there is nothing to fix", async () => {
		const { code, stderr } = await runCli("fix", workspace.root, "--rule", "client-per-call");
		expect(stderr).toBe("Nothing to fix.\n");
		expect(code).toBe(0);
	});
});
