import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckReport } from "../../src/protocol/index.js";
import { type DiskWorkspace, TWO_CLIENTS, writeWorkspace } from "../support/disk-workspace.js";
import { runCli } from "./support/run.js";

let leaky: DiskWorkspace;
let clean: DiskWorkspace;
beforeAll(async () => {
	leaky = await writeWorkspace(TWO_CLIENTS);
	clean = await writeWorkspace({
		...TWO_CLIENTS,
		"src/rooms.ts": 'import { prisma } from "./prisma.js";\nexport const rooms = () => prisma.room.findMany();\n',
	});
});
afterAll(() => Promise.all([leaky.remove(), clean.remove()]));

describe("check", () => {
	it("prints one JSON document and ends with 1 when there are errors", async () => {
		const { code, stdout, stderr } = await runCli("check", leaky.root, "--format", "json");
		expect(stderr).toBe("");
		const report: CheckReport = JSON.parse(stdout);
		expect(report.version).toBe(1);
		expect(report.root).toBe(leaky.root);
		expect(report.prisma).toEqual([{ package: ".", version: "7.10.0", engine: "client", adapters: ["@prisma/adapter-pg"] }]);
		expect(report.findings).toMatchObject([{ rule: "multiple-clients", severity: "error", file: "src/rooms.ts", line: 4, column: 16 }]);
		expect(report.findings[0]?.related).toMatchObject([{ file: "src/prisma.ts", line: 4 }]);
		expect(report.summary).toMatchObject({ errors: 1, warnings: 0 });
		expect(report.timing.total).toBeGreaterThan(0);
		expect(code).toBe(1);
	});

	it("prints a line per finding for people, related places under it, and the counts", async () => {
		const { code, stdout } = await runCli("check", leaky.root);
		const lines = stdout.trimEnd().split("\n");
		expect(lines[0]).toMatch(/^src\/rooms\.ts:4:16 error .+ \[multiple-clients\]$/);
		expect(lines[1]).toMatch(/^ {4}src\/prisma\.ts:4:\d+ /);
		expect(lines.at(-1)).toMatch(/^1 error in 3 files \(Prisma 7\.10\.0\), \d+\.\d s\.$/);
		expect(code).toBe(1);
	});

	it("ends with 0 when nothing leaks, and says what it looked at", async () => {
		const { code, stdout } = await runCli("check", clean.root, "--profile", "development");
		expect(stdout).toMatch(/^No leaks in 3 files \(Prisma 7\.10\.0\)/);
		expect(code).toBe(0);
	});

	it("lists what it did not read, with the reason, and goes on", async () => {
		const workspace = await writeWorkspace({ ...TWO_CLIENTS, "src/data.ts": `export const data = "${"x".repeat(2_000_000)}";` });
		const { code, stdout } = await runCli("check", workspace.root);
		expect(stdout).toContain("Not read in full: src/data.ts. It is larger than 1.5 MB.");
		expect(code).toBe(1);
		await workspace.remove();
	});

	it.each([
		[["check"], "Say which folder"],
		[["check", "/no/such/folder"], "/no/such/folder is not a folder."],
		[["check", ".", "--format", "xml"], '--format is text, json, sarif or github, not "xml".'],
		[["check", ".", "--max-warnings", "-1x"], "--max-warnings"],
		[["check", ".", "--max-warnings", "few"], '--max-warnings takes a whole number from 0, not "few".'],
		[["check", ".", "--update-baseline"], "--update-baseline writes the file that --baseline names: say which."],
		[
			["check", ".", "--baseline", "/no/such/file"],
			"--baseline names /no/such/file, and there is no such file. --update-baseline writes it.",
		],
		[["check", ".", "--profile", "prod"], '--profile is production or development, not "prod".'],
		[["check", ".", "--colour"], "--colour"],
		[["chekc", "."], 'There is no command "chekc".'],
		[[], "Say which command."],
	])("ends with 2 and says what would do: %j", async (args, message) => {
		const { code, stdout, stderr } = await runCli(...args);
		expect(stderr).toContain(message);
		expect(stdout).toBe("");
		expect(code).toBe(2);
	});
});
