import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DiskWorkspace, TWO_CLIENTS, writeWorkspace } from "../support/disk-workspace.js";
import { type Ran, runCli } from "./support/run.js";

let workspace: DiskWorkspace;
beforeAll(async () => {
	workspace = await writeWorkspace(TWO_CLIENTS);
});
afterAll(() => workspace.remove());

/** Runs `check` with this text as the folder's config file. */
async function check(config: string, ...flags: readonly string[]): Promise<Ran> {
	await writeFile(join(workspace.root, "prisma-leak-lens.json"), config);
	return runCli("check", workspace.root, "--no-cache", ...flags);
}

describe("check, with a config file", () => {
	it("does as it says", async () => {
		const { code, stdout, stderr } = await check('{ "rules": { "multiple-clients": "warning" } } // for now');
		expect(stdout).toMatch(/^src\/rooms\.ts:4:16 warning .+ \[multiple-clients\]$/m);
		expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	});

	it("tells on stderr what it cannot use, and goes on without it", async () => {
		const { code, stdout, stderr } = await check('{\n\t"profile": "prod",\n\t"rule": {}\n}');
		expect(stderr.trimEnd().split("\n")).toEqual([
			'prisma-leak-lens.json:3: rule is no setting; did you mean "rules"?',
			'prisma-leak-lens.json:2: profile is "prod"; it can be "production" or "development". Until then it counts as "production".',
		]);
		expect(stdout).toContain("[multiple-clients]");
		expect(code).toBe(1);
	});

	it("goes on without one that is broken", async () => {
		const { code, stderr } = await check('{ "rules": { "multiple-clients": "off" }');
		expect(stderr).toMatch(/^prisma-leak-lens\.json(:1)? is not valid JSON\. Until it is, the whole file is passed over\.\n$/);
		expect(code).toBe(1);
	});

	it("is overruled by flags, rule by rule", async () => {
		const { code, stdout } = await check('{ "rules": { "multiple-clients": "warning" } }', "--severity", "multiple-clients=off");
		expect(stdout).toMatch(/^No leaks in 3 files/);
		expect(code).toBe(0);
	});

	it("is the one that --config names", async () => {
		const other = join(workspace.root, "ci.json");
		await writeFile(other, '{ "exclude": ["rooms.ts"] }');
		const { stdout } = await check("{}", "--config", other);
		expect(stdout).toMatch(/^No leaks in 2 files/);
	});

	it("applies to fix too", async () => {
		await writeFile(join(workspace.root, "prisma-leak-lens.json"), '{ "rules": { "multiple-clients": "off" } }');
		const { stdout, stderr } = await runCli("fix", workspace.root, "--dry-run");
		expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "Nothing to fix.\n" });
	});
});

it("check leaves out what comments silence, and says how many", async () => {
	const rooms = (TWO_CLIENTS["src/rooms.ts"] ?? "").replace(
		"const prisma",
		"// prisma-leak-lens-disable-next-line multiple-clients\nconst prisma",
	);
	const quiet = await writeWorkspace({ ...TWO_CLIENTS, "src/rooms.ts": rooms });
	const { code, stdout } = await runCli("check", quiet.root);
	expect(stdout).toMatch(/^No leaks in 3 files \(Prisma 7\.10\.0\), \d+\.\d s\. 1 finding suppressed by comments\.\n$/);
	expect(code).toBe(0);
	const json = await runCli("check", quiet.root, "--format", "json");
	expect(JSON.parse(json.stdout)).toMatchObject({ findings: [], summary: { errors: 0, suppressed: 1 } });
	await quiet.remove();
});

it.each([
	[["--config", "/no/such.json"], "--config names /no/such.json, and there is no such file."],
	[["--severity", "pool-sise=off"], 'names no rule; did you mean "pool-size"?'],
	[["--severity", "pool-size"], "--severity takes pool-size=LEVEL, and a level is off, hint, info, warning, error."],
])("check ends with 2 and says what would do: %j", async (flags, message) => {
	const { code, stderr } = await runCli("check", workspace.root, ...flags);
	expect(stderr).toContain(message);
	expect(code).toBe(2);
});
