import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, PROFILES } from "../../src/config/index.js";
import type { Finding } from "../../src/protocol/index.js";
import { check, type Files } from "./support.js";

const RULE = "transaction-timeout";
const CLIENT = 'import { PrismaClient } from "@prisma/client";\n';

async function found(files: Files, settings = DEFAULT_SETTINGS): Promise<readonly Finding[]> {
	return (await check(files, settings)).filter(({ rule }) => rule === RULE);
}

/** `warning src/db.ts:4:13` for every finding. */
async function seen(files: Files, settings = DEFAULT_SETTINGS): Promise<readonly string[]> {
	return (await found(files, settings)).map(({ severity, file, line, column }) => `${severity} ${file}:${line}:${column}`);
}

const call = (options: string, before = ""): Files => ({
	"src/db.ts": `${CLIENT}export const prisma = new PrismaClient();\n`,
	"src/orders.ts": `import { prisma } from "./db.js";\n${before}\nexport const place = () => prisma.$transaction(async (tx) => tx.order.count(), ${options});\n`,
});

describe("finds limits that are too long", () => {
	it("in the constructor's transactionOptions, at the number", async () => {
		const findings = await found({
			"src/db.ts": `${CLIENT}export const prisma = new PrismaClient({\n\ttransactionOptions: {\n\t\tmaxWait: 30_000,\n\t\ttimeout: 2 * 60 * 1000,\n\t},\n});\n`,
		});
		expect(findings).toMatchObject([
			{ severity: "warning", line: 4, column: 12, endColumn: 18, fixes: ["set-transaction-timeout"], related: [] },
			{ severity: "warning", line: 5, column: 12, endColumn: 25 },
		]);
		expect(findings[0]?.message).toBe(
			"maxWait is 30 s: when the pool is exhausted, requests pile up that long before one fails. Set it to 5 s or less; Prisma's default is 2 s.",
		);
		expect(findings[1]?.message).toContain("timeout is 2 min: a transaction that hangs keeps its connection and row locks that long.");
	});

	it("in a subclass's super call", async () => {
		expect(
			await seen({
				"src/prisma.service.ts": `${CLIENT}export class PrismaService extends PrismaClient {\n\tconstructor() {\n\t\tsuper({ transactionOptions: { timeout: 60000 } });\n\t}\n}\n`,
			}),
		).toEqual(["warning src/prisma.service.ts:4:42"]);
	});

	const VALUES: Readonly<Record<string, readonly [value: string, before?: string]>> = {
		"a number": ["60000"],
		"a product": ["60 * 1000"],
		"a constant": ["LIMIT", "const LIMIT = 60_000;"],
		"a const object's member": ["limits.long", "const limits = { long: 60_000 };"],
		"a config function's result": ["config().timeout", "const config = () => ({ timeout: 60_000 });"],
		"the ms package": ['ms("1 minute")', 'import ms from "ms";'],
	};
	for (const [name, [value, before]] of Object.entries(VALUES))
		it(`in the call, as ${name}`, async () => {
			expect(await seen(call(`{ timeout: ${value} }`, before))).toEqual([expect.stringMatching(/^warning src\/orders\.ts:3:/)]);
		});

	it("as a constant of another file, with the place it is written at", async () => {
		const [finding] = await found({
			...call("{ timeout: limits.long }", 'import { limits } from "./limits.js";'),
			"src/limits.ts": "export const limits = {\n\tlong: 60_000,\n};\n",
		});
		expect(finding).toMatchObject({ severity: "warning", file: "src/orders.ts", line: 3, related: [{ file: "src/limits.ts", line: 2 }] });
	});

	it("in options that have a name of their own, and behind a spread", async () => {
		expect(await seen(call("options", "const options = { timeout: 60_000 };"))).toEqual(["warning src/orders.ts:2:28"]);
		expect(await seen(call("{ ...base, maxWait: 1000 }", "const base = { timeout: 60_000 };"))).toEqual(["warning src/orders.ts:2:25"]);
	});

	it("in the options of a wrapper", async () => {
		expect(
			await seen({
				"src/db.ts": `${CLIENT}const prisma = new PrismaClient();\nexport const inTransaction = (name: string, work: (tx: unknown) => Promise<unknown>, options = {}) =>\n\tprisma.$transaction(async (tx) => work(tx), options);\n`,
				"src/orders.ts": `import { inTransaction } from "./db.js";\nexport const place = () => inTransaction("place", async (tx) => tx.order.count(), { timeout: 45_000 });\n`,
			}),
		).toEqual(["warning src/orders.ts:2:94"]);
	});
});

describe("hints", () => {
	it("at a maxWait over the profile's", async () => {
		expect(await seen(call("{ maxWait: 8000 }"))).toEqual([expect.stringMatching(/^hint /)]);
		expect(await seen(call("{ maxWait: 8000 }"), { ...DEFAULT_SETTINGS, profile: PROFILES.development })).toEqual([]);
	});

	it("at a long default of an environment variable", async () => {
		expect(await seen(call("{ timeout: Number(process.env.TX_TIMEOUT ?? 60000) }"))).toEqual([expect.stringMatching(/^hint /)]);
	});

	it("at a wrapper that passes a callback on without limits or cleanup", async () => {
		const wrapper = (body: string): Files => ({
			"src/db.ts": `${CLIENT}const prisma = new PrismaClient();\nexport async function run(work: never) {\n${body}\n}\n`,
		});
		expect(await seen(wrapper("\treturn prisma.$transaction(work);"))).toEqual(["hint src/db.ts:4:9"]);
		expect(await seen(wrapper("\treturn prisma.$transaction(work, { timeout: 10_000 });"))).toEqual([]);
		expect(await seen(wrapper("\ttry { return await prisma.$transaction(work); } catch (error) { throw error; }"))).toEqual([]);
	});
});

describe("stays quiet", () => {
	it("on limits that are short enough, or not known", async () => {
		expect(await seen(call("{ maxWait: 5000, timeout: 20_000 }"))).toEqual([]);
		expect(await seen(call("{ timeout: Number(process.env.TX_TIMEOUT) }"))).toEqual([]);
		expect(await seen(call('{ isolationLevel: "Serializable" }'))).toEqual([]);
	});

	it("on timeouts of other things, and in seeds and scripts", async () => {
		expect(
			await seen({
				"src/http.ts": `${CLIENT}export const prisma = new PrismaClient();\nexport const client = axios.create({ timeout: 60_000, maxWait: 60_000 });\n`,
				"prisma/seed.ts": `${CLIENT}const prisma = new PrismaClient();\nawait prisma.$transaction(async (tx) => tx.order.count(), { timeout: 600_000 });\n`,
			}),
		).toEqual([]);
	});
});
