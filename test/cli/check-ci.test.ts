import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DiskWorkspace, TWO_CLIENTS, writeWorkspace } from "../support/disk-workspace.js";
import { runCli } from "./support/run.js";

let workspace: DiskWorkspace;
let baseline: string;
beforeEach(async () => {
	workspace = await writeWorkspace(TWO_CLIENTS);
	baseline = join(workspace.root, "leaks.baseline.json");
});
afterEach(() => workspace.remove());

const check = (...flags: readonly string[]) => runCli("check", workspace.root, "--no-cache", ...flags);

async function edit(file: string, change: (text: string) => string): Promise<void> {
	const path = join(workspace.root, file);
	await writeFile(path, change(await readFile(path, "utf8")));
}

describe("check in CI", () => {
	it("fails on new leaks only, also after lines moved", async () => {
		const written = await check("--baseline", baseline, "--update-baseline");
		expect(written).toMatchObject({ code: 0, stdout: `${baseline} knows 1 finding now.\n` });
		expect(await readFile(baseline, "utf8")).not.toMatch(/"line"/);

		await edit("src/rooms.ts", (text) => `// Rooms\n\n${text}`);
		const known = await check("--baseline", baseline);
		expect(known.code).toBe(0);
		expect(known.stdout).toMatch(/^No leaks in 3 files/);
		expect(known.stderr).toBe("Left out: 1 finding that the baseline knows.\n");

		await writeFile(join(workspace.root, "src/guests.ts"), await readFile(join(workspace.root, "src/rooms.ts"), "utf8"));
		const added = await check("--baseline", baseline);
		expect(added.code).toBe(1);
		expect(added.stdout).toMatch(/^src\/guests\.ts:6:16 error/);
		expect(added.stdout).not.toContain("src/rooms.ts:6:16 error");
	});

	it("says what of the baseline is mended", async () => {
		await check("--baseline", baseline, "--update-baseline");
		await edit("src/rooms.ts", () => "export const rooms = [];\n");
		const { code, stderr } = await check("--baseline", baseline);
		expect(code).toBe(0);
		expect(stderr).toBe("No longer found: 1 finding of the baseline; --update-baseline drops what is mended.\n");
	});

	it.each([
		["{ not json", "It is no JSON."],
		['{ "version": 2, "findings": [] }', "It is JSON, but not a baseline of version 1."],
		['{ "version": 1, "findings": [{ "fingerprint": 7 }] }', "It is JSON, but not a baseline of version 1."],
	])("names a baseline that is broken: %s", async (text, problem) => {
		await writeFile(baseline, text);
		const { code, stdout, stderr } = await check("--baseline", baseline);
		expect(stderr).toContain(`The baseline ${baseline} cannot be used. ${problem} --update-baseline writes it anew.`);
		expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
	});

	it("counts warnings against --max-warnings", async () => {
		const asWarning = ["--severity", "multiple-clients=warning"];
		expect(await check(...asWarning)).toMatchObject({ code: 0 });
		expect(await check(...asWarning, "--max-warnings", "1")).toMatchObject({ code: 0, stderr: "" });
		const tooMany = await check(...asWarning, "--max-warnings", "0");
		expect(tooMany).toMatchObject({ code: 1, stderr: "1 warning found, and --max-warnings allows 0.\n" });
	});

	it("prints annotations for GitHub, and the counts", async () => {
		const { code, stdout } = await check("--format", "github");
		const [annotation, counts] = stdout.trimEnd().split("\n");
		expect(annotation).toMatch(/^::error file=src\/rooms\.ts,line=4,col=16,endLine=4,endColumn=\d+,title=[^:]+::/);
		expect(counts).toMatch(/^1 error in 3 files/);
		expect(code).toBe(1);
	});

	it("prints SARIF whose rules lead to their pages", async () => {
		const { code, stdout, stderr } = await check("--format", "sarif");
		expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
		const [run] = JSON.parse(stdout).runs;
		const [result] = run.results;
		const rule = run.tool.driver.rules[result.ruleIndex];
		expect(rule.id).toBe("multiple-clients");
		expect(await readFile(new URL(rule.helpUri), "utf8")).toBe(rule.help.markdown);
	});
});
