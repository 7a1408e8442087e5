import { execFileSync, spawnSync } from "node:child_process";
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exportRecording, importRecording } from "../../../src/monitor/recording/exchange.js";
import { encodeLine } from "../../../src/monitor/recording/format.js";
import { deleteRecording, listRecordings, recordingPath, trimRecordings } from "../../../src/monitor/recording/library.js";
import { entriesOf } from "../../../src/monitor/recording/reader.js";
import { readSamples } from "../../../src/monitor/recording/samples.js";
import { BOUNDS, type Bounds, RecordingWriter } from "../../../src/monitor/recording/writer.js";
import { isRecord, isSample } from "../../../src/protocol/index.js";
import { sampleOf } from "../samples.js";

const ID = "20260101-000000-1";
const TARGET = { pid: 1, title: "server.js", nodeVersion: "v20.20.2", inspector: "127.0.0.1:9229", openedByUs: true };
const canMount = spawnSync("unshare", ["--user", "--map-root-user", "--mount", "true"]).status === 0;

let folder: string;
let problems: (string | null)[];

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "leak-lens-recordings-"));
	problems = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const writerOf = (id = ID, bounds?: Bounds) => new RecordingWriter(join(folder, id), TARGET, (problem) => problems.push(problem), bounds);

async function record(times: readonly number[], id = ID, bounds?: Bounds): Promise<void> {
	const writer = writerOf(id, bounds);
	for (const t of times) {
		writer.append({ kind: "sample", sample: sampleOf({ t }) });
		await writer.written();
	}
	await writer.close();
}

async function read(id = ID): Promise<{ times: number[]; marks: string[]; damage: string | null }> {
	const times: number[] = [];
	const marks: string[] = [];
	const entries = entriesOf(join(folder, id));
	let next = await entries.next();
	for (; !next.done; next = await entries.next()) {
		if (next.value.kind === "sample") times.push(next.value.sample.t);
		else marks.push(next.value.text);
	}
	return { times, marks, damage: next.value };
}

const parse = (line: string): unknown => JSON.parse(line);
const count = (n: number): number[] => Array.from({ length: n }, (_, index) => index);
const files = (id = ID) => readdir(join(folder, id));
const segment = (number: number) => join(folder, ID, `${String(number).padStart(6, "0")}.log`);

describe("a recording", () => {
	it("gives back what was appended, in order, with its marks", async () => {
		const writer = writerOf();
		for (const t of count(50)) writer.append({ kind: "sample", sample: sampleOf({ t }) });
		writer.append({ kind: "mark", t: 50, text: "The process ended." });
		await writer.close();
		expect(await read()).toEqual({ times: count(50), marks: ["The process ended."], damage: null });
		expect(problems).toEqual([]);
	});

	it("can be read while it is being written, up to the last entry", async () => {
		const writer = writerOf();
		writer.append({ kind: "sample", sample: sampleOf({ t: 1 }) });
		await writer.written();
		expect((await read()).times).toEqual([1]);
		await writer.close();
	});

	it("goes on after a reload of the window in the same recording", async () => {
		await record([1, 2]);
		await record([3, 4]);
		expect((await read()).times).toEqual([1, 2, 3, 4]);
	});

	it("loses only a line that a crash cut off, also when it was continued afterwards", async () => {
		await record([1, 2, 3]);
		const text = await readFile(segment(1), "utf8");
		await writeFile(segment(1), text.slice(0, -20));
		expect(await read()).toMatchObject({ times: [1, 2], damage: null });
		await record([4]);
		expect(await read()).toMatchObject({ times: [1, 2, 4], damage: null });
	});

	it("loses nothing when its writer is killed", async () => {
		const program = `import { RecordingWriter } from ${JSON.stringify(join(import.meta.dirname, "../../../src/monitor/recording/writer.ts"))};
			import { sampleOf } from ${JSON.stringify(join(import.meta.dirname, "../samples.ts"))};
			const writer = new RecordingWriter(process.argv[2], ${JSON.stringify(TARGET)}, () => {});
			const run = async () => {
				for (let t = 0; t < 20; t++) { writer.append({ kind: "sample", sample: sampleOf({ t }) }); await writer.written(); }
				process.kill(process.pid, "SIGKILL");
			};
			void run();`;
		await writeFile(join(folder, "program.ts"), program);
		const tsx = join(import.meta.dirname, "../../../node_modules/tsx/dist/cli.mjs");
		spawnSync(process.execPath, [tsx, join(folder, "program.ts"), join(folder, ID)]);
		expect(await read()).toEqual({ times: count(20), marks: [], damage: null });
	});

	it("is read without the lines that are damaged, which are named", async () => {
		await record(count(10));
		const lines = (await readFile(segment(1), "utf8")).split("\n");
		lines[6] = lines[6]?.replace('"rss":', '"rss":1') ?? "";
		await writeFile(segment(1), lines.join("\n"));
		expect(await read()).toMatchObject({ times: [0, 1, 2, 3, 4, 6, 7, 8, 9], damage: "Line 7 of 000001.log is damaged." });
		await writeFile(segment(1), lines.map((line, index) => (index === 8 ? "" : line)).join("\n"));
		expect((await read()).damage).toBe("2 lines of 000001.log are damaged, the first of them line 7.");
	});

	it("is listed and read when its beginning is damaged, by what its name and its later parts say", async () => {
		const id = "20260102-030405-7-2_3";
		await record(count(3), id);
		const path = join(folder, id, "000001.log");
		await writeFile(path, (await readFile(path, "utf8")).replace("prisma", "prisms"));
		expect(await read(id)).toEqual({ times: count(3), marks: [], damage: "Line 1 of 000001.log is damaged." });
		const [unnamed] = await listRecordings(folder);
		expect(unnamed).toMatchObject({ id, isDamaged: true, startedAt: Date.UTC(2026, 0, 2, 3, 4, 5) });
		expect(unnamed?.target).toMatchObject({ pid: 7, worker: { id: 2 }, title: "unnamed process" });
		expect(await readSamples(join(folder, id))).toMatchObject({ name: id, samples: count(3).map((t) => ({ t })) });
		await record([3], id);
		const [named] = await listRecordings(folder);
		expect(named).toMatchObject({ id, isDamaged: true, target: TARGET, startedAt: unnamed?.startedAt });
		expect(await exportRecording(folder, id, join(folder, "out.jsonl"), "jsonl")).toBe("Line 1 of 000001.log is damaged.");
		expect((await readFile(join(folder, "out.jsonl"), "utf8")).trim().split("\n")).toHaveLength(4);
	});

	it("is read without a part that a later version wrote, that is too large, or that the disk does not give", async () => {
		for (const t of count(5)) await record([t]);
		const header = { format: "prisma-leak-lens-recording", version: 9, startedAt: 0, target: TARGET } as const;
		await writeFile(segment(1), encodeLine(header));
		await truncate(segment(2), 5 * BOUNDS.segmentBytes);
		await rm(segment(3));
		await mkdir(segment(3));
		const { times, damage } = await read();
		expect(times).toEqual([3, 4]);
		expect(await listRecordings(folder)).toMatchObject([{ isDamaged: false }]);
		expect(damage).toMatch(/^000001\.log was written by a later version .* 000002\.log is larger .* 000003\.log cannot be read \(/);
	});

	it.each([
		["garbage", Buffer.from("no recording at all\n")],
		["zeros", Buffer.from(`${"\0".repeat(5_000)}\n`)],
	])("holds nothing when it is %s, and is listed so that it can be deleted", async (_, bytes) => {
		await mkdir(join(folder, ID));
		await writeFile(segment(1), bytes);
		expect(await read()).toEqual({ times: [], marks: [], damage: "Line 1 of 000001.log is damaged." });
		expect(await listRecordings(folder)).toMatchObject([{ id: ID, isDamaged: true }]);
	});

	it("stays bounded: full segments are followed by new ones, and the oldest go", async () => {
		await record(count(100), ID, { segmentBytes: 4_000, segments: 3 });
		expect((await files()).length).toBe(3);
		const { times, damage } = await read();
		expect(damage).toBeNull();
		expect(times.length).toBeLessThan(30);
		expect(times).toEqual(count(100).slice(-times.length));
	});

	it.skipIf(!canMount)("says that the disk is full, keeps what was written before, and goes on when there is room", () => {
		const mountPoint = join(folder, "mount");
		const program = join(import.meta.dirname, "full-disk-program.ts");
		const tsx = join(import.meta.dirname, "../../../node_modules/tsx/dist/cli.mjs");
		const command = ["--user", "--map-root-user", "--mount", process.execPath, tsx, program, mountPoint];
		execFileSync("mkdir", [mountPoint]);
		const result = JSON.parse(execFileSync("unshare", command, { encoding: "utf8" }));
		expect(result.told).toEqual([
			expect.stringMatching(/^The disk that holds the recordings is full since \d\d:\d\d:\d\d, .* Free some space/),
		]);
		expect(result.problems.at(-1)).toBeNull();
		expect(result.bytes).toBeGreaterThan(20_000);
		expect(result.damage).toBeNull();
		expect(result.times).toEqual(count(result.appended));
	});

	it("says that its folder cannot be written to, and does not stop", async () => {
		await writeFile(join(folder, ID), "a file where a folder should be");
		await record([1]);
		expect(problems).toEqual([expect.stringMatching(/^The recording cannot be written \(EEXIST\) since/)]);
	});
});

describe("the library", () => {
	it("lists recordings, the latest first, and deletes them", async () => {
		await record([1], "20260101-000000-1");
		await record([1], "20260102-000000-2");
		expect((await listRecordings(folder)).map(({ id, target }) => [id, target.title])).toEqual([
			["20260102-000000-2", "server.js"],
			["20260101-000000-1", "server.js"],
		]);
		await deleteRecording(folder, "20260102-000000-2");
		expect((await listRecordings(folder)).map(({ id }) => id)).toEqual(["20260101-000000-1"]);
		expect(await listRecordings(join(folder, "nowhere"))).toEqual([]);
	});

	it("deletes the oldest when all together take too much, never the latest", async () => {
		const ids = ["20260101-000000-1", "20260102-000000-1", "20260103-000000-1"];
		for (const id of ids) await record(count(10), id);
		const [latest] = await listRecordings(folder);
		await trimRecordings(folder, 2.5 * (latest?.bytes ?? 0));
		expect((await listRecordings(folder)).map(({ id }) => id)).toEqual([ids[2], ids[1]]);
		await trimRecordings(folder, 0);
		expect((await listRecordings(folder)).map(({ id }) => id)).toEqual([ids[2]]);
	});

	it("is not led out of its folder", () => {
		expect(() => recordingPath(folder, "../../etc")).toThrow("is not the name of a recording");
	});
});

describe("export and import", () => {
	it("exports JSON lines that import again to the same samples", async () => {
		await record([1, 2, 3]);
		const path = join(folder, "out.jsonl");
		expect(await exportRecording(folder, ID, path, "jsonl")).toBeNull();
		const lines = (await readFile(path, "utf8")).trim().split("\n");
		expect(lines.map((line) => isSample(JSON.parse(line)))).toEqual([true, true, true]);
		const { id, samples, brokenLine } = await importRecording(folder, path);
		expect([samples, brokenLine]).toEqual([3, null]);
		expect((await read(id)).times).toEqual([1, 2, 3]);
		const again = await importRecording(folder, path);
		expect(again.id).not.toBe(id);
		expect((await read(id)).times).toEqual([1, 2, 3]);
	});

	it("holds what was appended while it was being written", async () => {
		const writer = writerOf();
		for (const t of count(50)) {
			writer.append({ kind: "sample", sample: sampleOf({ t }) });
			await new Promise(setImmediate);
		}
		await writer.close();
		expect((await read()).times).toEqual(count(50));
	});

	it("exports notes beside the samples that they are about, and imports them again", async () => {
		const writer = writerOf();
		for (const t of [1, 2, 3]) writer.append({ kind: "sample", sample: sampleOf({ t }) });
		writer.append({ kind: "mark", t: 2, text: "load test begins", note: true });
		writer.append({ kind: "mark", t: 3, text: "Detached." });
		writer.append({ kind: "mark", t: 0, text: '=HYPERLINK("x"), at first', note: true });
		await writer.close();
		const path = join(folder, "out.jsonl");
		await exportRecording(folder, ID, path, "jsonl");
		const lines = (await readFile(path, "utf8")).trim().split("\n").map(parse);
		expect(lines.every(isSample)).toBe(true);
		const notes = [[{ t: 0, text: '=HYPERLINK("x"), at first' }], [{ t: 2, text: "load test begins" }], undefined];
		expect(lines.map((line) => (isRecord(line) ? line.notes : null))).toEqual(notes);
		const { id } = await importRecording(folder, path);
		expect(await read(id)).toEqual({ times: [1, 2, 3], marks: ['=HYPERLINK("x"), at first', "load test begins"], damage: null });
		const table = join(folder, "out.csv");
		await exportRecording(folder, ID, table, "csv");
		const [head, ...rows] = (await readFile(table, "utf8")).trimEnd().split("\n");
		expect(head?.split(",").at(-1)).toBe("notes");
		expect(rows.map((row) => row.slice(row.lastIndexOf(",,") + 2))).toEqual([`"'=HYPERLINK(""x""), at first"`, '"load test begins"', ""]);
	});

	it("exports a table with a head and a row a sample", async () => {
		await record([1_700_000_000_000]);
		const path = join(folder, "out.csv");
		await exportRecording(folder, ID, path, "csv");
		const [head, row] = (await readFile(path, "utf8")).split("\n");
		expect(head?.split(",").slice(0, 3)).toEqual(["time", "pid", "rss"]);
		expect(row?.split(",").slice(0, 3)).toEqual(["2023-11-14T22:13:20.000Z", "1", "140000000"]);
		expect(row?.split(",").length).toBe(head?.split(",").length);
	});

	it("imports up to the first line that is no sample, and refuses a file without any", async () => {
		const path = join(folder, "in.jsonl");
		await writeFile(path, `${JSON.stringify(sampleOf({ t: 1 }))}\n`);
		await appendFile(path, '{"t":2}\n');
		expect(await importRecording(folder, path)).toMatchObject({ samples: 1, brokenLine: 2 });
		await writeFile(path, "hello\n");
		await expect(importRecording(folder, path)).rejects.toThrow("holds no samples");
	});
});
