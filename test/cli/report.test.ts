import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RecordingWriter } from "../../src/monitor/recording/writer.js";
import type { TargetInfo } from "../../src/protocol/index.js";
import { type DiskWorkspace, TWO_CLIENTS, writeWorkspace } from "../support/disk-workspace.js";
import { recordedSeries } from "../support/recordings.js";
import { runCli } from "./support/run.js";

const TARGET: TargetInfo = { pid: 1, title: "server.js", nodeVersion: "v22.0.0", inspector: "127.0.0.1:9229", openedByUs: false };
let workspace: DiskWorkspace;
let scratch: DiskWorkspace;
const inScratch = (name: string): string => join(scratch.root, name);
beforeAll(async () => {
	workspace = await writeWorkspace(TWO_CLIENTS);
	const lines = (name: string): string =>
		recordedSeries(name)
			.map((sample) => `${JSON.stringify(sample)}\n`)
			.join("");
	scratch = await writeWorkspace({
		"before.ndjson": lines("leaky-hotel"),
		"after.ndjson": lines("repaired-hotel"),
		"broken.ndjson": "no sample\n",
	});
});
afterAll(() => Promise.all([workspace.remove(), scratch.remove()]));

const report = (...flags: readonly string[]) => runCli("report", workspace.root, ...flags);

describe("report", () => {
	it("compares two recordings and tells what was mended", async () => {
		const check = await runCli("check", workspace.root, "--format", "json");
		await writeFile(inScratch("check.json"), check.stdout);
		const repaired = await writeWorkspace({
			...TWO_CLIENTS,
			"src/rooms.ts": 'import { prisma } from "./prisma.js";\nexport const rooms = () => prisma.room.findMany();\n',
		});
		const { code, stdout, stderr } = await runCli(
			...["report", repaired.root, "--format", "json", "--check-before", inScratch("check.json")],
			...["--baseline", inScratch("before.ndjson"), "--recording", inScratch("after.ndjson")],
		);
		await repaired.remove();
		expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
		const made = JSON.parse(stdout);
		expect(made.conclusion[0]).toMatch(/^No leaks in 3 files of /);
		expect(made.applied).toMatchObject([{ rule: "multiple-clients", places: [{ file: "src/rooms.ts", line: 4 }] }]);
		expect(made.impact.map(({ name }: { name: string }) => name)).toContain("rss");
	});

	it("reads the folder of a recording, and writes the page to a file", async () => {
		const folder = inScratch("20260102-030405-1");
		await mkdir(folder);
		const writer = new RecordingWriter(folder, TARGET, () => {});
		for (const sample of recordedSeries("leaky-hotel").slice(0, 120)) writer.append({ kind: "sample", sample });
		await writer.close();
		const page = inScratch("out/leaks.html");
		expect(await report("--recording", folder, "--format", "html", "--output", page)).toEqual({ code: 0, stdout: "", stderr: "" });
		const text = await readFile(page, "utf8");
		expect(text).toContain("recording of server.js");
		expect(text.match(/<svg /g)).toHaveLength(2);
	});

	it.each([
		[["--recording", "/no/such.ndjson"], "--recording: There is no recording /no/such.ndjson."],
		[["--format", "pdf"], '--format is markdown, html or json, not "pdf".'],
		[["--check-before", "/no/such.json"], "--check-before: "],
	])("ends with 2 and says what would do: %j", async (flags, message) => {
		const { code, stdout, stderr } = await report(...flags);
		expect(stderr).toContain(message);
		expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
	});

	it("names a recording that holds none, and a check that is none", async () => {
		const broken = inScratch("broken.ndjson");
		expect((await report("--baseline", broken)).stderr).toContain(
			`--baseline: ${broken} holds no samples (Line 1 of broken.ndjson is no sample.)`,
		);
		expect((await report("--check-before", broken)).stderr).toContain(
			`--check-before: ${broken} is not what "check --format json" prints.`,
		);
	});
});
