import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listRecordings, recordingPath } from "../../../src/monitor/recording/library.js";
import { entriesOf } from "../../../src/monitor/recording/reader.js";
import { SessionRecorder } from "../../../src/monitor/recording/session-recorder.js";
import type { RecordingRef, RecordingStatus, TargetInfo } from "../../../src/protocol/index.js";
import { sampleOf } from "../samples.js";

const targetOf = (pid: number): TargetInfo => ({
	pid,
	title: "server.js",
	nodeVersion: "v20.20.2",
	inspector: "127.0.0.1:9230",
	openedByUs: true,
});

describe("the recorder of a session", () => {
	let folder: string;
	let told: RecordingStatus[];
	let recorder: SessionRecorder;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "leak-lens-recorder-"));
		told = [];
		recorder = newRecorder();
	});

	afterEach(() => rm(folder, { recursive: true, force: true }));

	const newRecorder = () => new SessionRecorder((status) => told.push(status));
	const begin = (continues: RecordingRef | null = null) => recorder.begin({ folder, continues, limitBytes: 1e9 });
	const live = (pid: number) => recorder.state({ kind: "live", target: targetOf(pid), since: 0 });
	const samples = (pid: number, ...times: readonly number[]) => {
		for (const t of times) recorder.sample(sampleOf({ t, pid }));
	};

	/** Times of samples and texts of marks, recording by recording, the earliest first. */
	async function recorded(): Promise<(number | string)[][]> {
		await recorder.dispose();
		const recordings = [...(await listRecordings(folder))].reverse();
		return Promise.all(
			recordings.map(async ({ id }) => {
				const entries: (number | string)[] = [];
				for await (const entry of entriesOf(recordingPath(folder, id))) entries.push(entry.kind === "sample" ? entry.sample.t : entry.text);
				return entries;
			}),
		);
	}

	it("records a process from when it is live, with what happens to it", async () => {
		begin();
		recorder.state({ kind: "connecting", step: "Looking" });
		samples(1, 0);
		live(1);
		samples(1, 1, 2);
		recorder.state({ kind: "gone", target: targetOf(1), at: 3, reason: "The process ended." });
		expect(await recorded()).toEqual([[1, 2, "The process ended."]]);
		expect(told).toEqual([{ id: expect.stringMatching(/-1$/), problem: null }]);
	});

	it("marks a silence once, however often it is told of", async () => {
		begin();
		live(1);
		for (let time = 0; time < 3; time++) recorder.state({ kind: "silent", target: targetOf(1), since: 0, reason: "It is stopped." });
		samples(1, 1);
		recorder.state({ kind: "silent", target: targetOf(1), since: 2, reason: "It is stopped." });
		expect(await recorded()).toEqual([["It is stopped.", 1, "It is stopped."]]);
	});

	it("writes notes down, also of a process that has ended, and those of none nowhere", async () => {
		begin();
		recorder.note({ t: 0, text: "before it is attached" });
		live(1);
		samples(1, 1, 2);
		recorder.note({ t: 1, text: "load test begins" });
		recorder.state({ kind: "gone", target: targetOf(1), at: 3, reason: "The process ended." });
		recorder.note({ t: 2, text: "that was the load test" });
		expect(await recorded()).toEqual([[1, 2, "load test begins", "The process ended.", "that was the load test"]]);
	});

	it("goes on with the recording of the same process, as after a reload of the window", async () => {
		begin();
		live(1);
		samples(1, 1, 2);
		await recorder.dispose();
		const id = told[0]?.id ?? "";
		recorder = newRecorder();
		begin({ id, pid: 1 });
		live(1);
		samples(1, 3);
		expect(await recorded()).toEqual([[1, 2, 3]]);
		expect(told.at(-1)).toEqual({ id, problem: null });
	});

	it("begins another recording when it is another process", async () => {
		begin();
		live(1);
		samples(1, 1);
		await recorder.dispose();
		recorder = newRecorder();
		begin({ id: told[0]?.id ?? "", pid: 1 });
		live(2);
		samples(2, 2);
		expect(await recorded()).toEqual([[1], [2]]);
	});

	it("goes on with it when the process was attached to again while it ran", async () => {
		begin();
		live(1);
		samples(1, 1);
		begin();
		live(1);
		samples(1, 2);
		expect(await recorded()).toEqual([[1, 2]]);
	});

	it("goes on with it when the process is restarted, with a mark", async () => {
		begin();
		live(1);
		samples(1, 1);
		recorder.state({ kind: "gone", target: targetOf(1), at: 2, reason: "The process was restarted.", successorPid: 2 });
		live(2);
		samples(2, 3);
		expect(await recorded()).toEqual([[1, "The process was restarted.", 3]]);
	});

	it("has a folder that is nobody else's, whoever else begins to record the same process in the same second", async () => {
		vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 2, 3, 4, 5) });
		const others = [newRecorder(), newRecorder()];
		try {
			for (const one of [recorder, ...others]) {
				one.begin({ folder, continues: null, limitBytes: 1e9 });
				one.state({ kind: "live", target: targetOf(1), since: 0 });
			}
		} finally {
			vi.useRealTimers();
		}
		samples(1, 1, 2);
		others[1]?.sample(sampleOf({ t: 3, pid: 1 }));
		samples(1, 4);
		for (const one of others) await one.dispose();
		expect(await recorded()).toEqual([[1, 2, 4], [3]]);
		expect(told.map(({ id }) => id)).toEqual(["20260102-030405-1", "20260102-030405-1_2", "20260102-030405-1_3"]);
		// One that recorded nothing leaves nothing.
		expect(await readdir(folder)).toEqual(["20260102-030405-1", "20260102-030405-1_3"]);
	});

	it("says why when no folder can be made, and does not stop", async () => {
		const file = join(folder, "file");
		await writeFile(file, "where a folder should be");
		recorder.begin({ folder: file, continues: null, limitBytes: 1e9 });
		live(1);
		samples(1, 1);
		await recorder.dispose();
		expect(told.map(({ problem }) => problem)).toContainEqual(expect.stringMatching(/^The recording cannot be written/));
	});

	it("records nothing unless it is asked to", async () => {
		recorder.begin(null);
		live(1);
		samples(1, 1);
		expect(await recorded()).toEqual([]);
		expect(told).toEqual([]);
	});
});
