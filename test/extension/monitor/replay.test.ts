import { describe, expect, it } from "vitest";
import { PROFILES, thresholdsOf } from "../../../src/config/index.js";
import { type Replay, readReplay } from "../../../src/extension/monitor/replay.js";
import type { RecordingEntry } from "../../../src/monitor/index.js";
import { sampleOf } from "../../monitor/samples.js";

const target = { pid: 1, title: "server.js", nodeVersion: "v20", inspector: "127.0.0.1:9229", openedByUs: false };
const thresholds = thresholdsOf(PROFILES.production);

const sampleAt = (seconds: number, pid = 1): RecordingEntry => ({
	kind: "sample",
	sample: sampleOf({ t: seconds * 1_000, pid, connections: 20 }),
});
const markAt = (seconds: number, text: string): RecordingEntry => ({ kind: "mark", t: seconds * 1_000, text });

function replayOf(entries: readonly RecordingEntry[], damage: string | null = null, until: number | null = null): Promise<Replay> {
	async function* recorded(): AsyncGenerator<RecordingEntry, string | null> {
		yield* entries;
		return damage;
	}
	return readReplay({ recording: { id: "20260101-000000-1", target }, entries: recorded(), thresholds, until });
}

/** Every so many seconds a sample, up to a time. */
function run(from: number, to: number, step = 1, pid = 1): readonly RecordingEntry[] {
	return Array.from({ length: Math.floor((to - from) / step) }, (_, index) => sampleAt(from + index * step, pid));
}

describe("a replay", () => {
	it("holds what a session would have held: samples, alerts, and who they are of", async () => {
		const { state, log } = await replayOf(run(10, 130));
		expect(state).toEqual({ kind: "replay", name: "server.js", pid: 1, from: 10_000, to: 129_000, damage: null });
		expect(log.history.received).toBe(120);
		expect(log.history.breaks).toEqual([]);
		expect(log.judgement.alerts.map(({ subject }) => subject)).toContain("connections");
		expect(log.marks.map(({ kind }) => kind)).toContain("alert");
	});

	it("finds gaps by the interval that it was recorded at", async () => {
		const slow = await replayOf([...run(0, 300, 5), ...run(400, 500, 5)]);
		expect(slow.log.history.breaks).toEqual([400_000]);
		const short = await replayOf([sampleAt(0), sampleAt(1), sampleAt(2), sampleAt(60), sampleAt(61)]);
		expect(short.log.history.breaks).toEqual([60_000]);
	});

	it("marks what was recorded beside the samples: a silence as a gap, an end as an end", async () => {
		const { log } = await replayOf([
			...run(0, 5),
			markAt(5, "The event loop is blocked."),
			...run(20, 25),
			markAt(25, "The process ended."),
			...run(26, 30, 1, 2),
			markAt(31, "Detached."),
		]);
		const marks = log.marks.filter(({ kind }) => kind !== "alert").map(({ t, kind, text }) => `${t / 1_000} ${kind}: ${text}`);
		expect(marks).toEqual([
			"5 gap: The event loop is blocked.",
			"20 gap: No samples for 16 s.",
			"25 end: The process ended.",
			"26 restart: Process 2 is watched; before it was process 1.",
			"31 end: Detached.",
		]);
	});

	it("shows the reader's notes at the times that they are about", async () => {
		const note: RecordingEntry = { kind: "mark", t: 3_000, text: "load test begins", note: true };
		const { log } = await replayOf([...run(0, 5), markAt(5, "Detached."), note, ...run(6, 8)]);
		const marks = log.marks.filter(({ kind }) => kind !== "alert").map(({ t, kind, text }) => `${t / 1_000} ${kind}: ${text}`);
		expect(marks).toEqual(["3 note: load test begins", "5 gap: Detached."]);
	});

	it("shows what could be read of a damaged recording, and says what could not", async () => {
		const { state, log } = await replayOf(run(0, 40), "Line 42 of 000001.log is damaged.");
		expect(log.history.received).toBe(40);
		expect(state.damage).toBe("Some of what was recorded could not be read. Line 42 of 000001.log is damaged.");
	});

	it("ends at the time it is asked for, and then does not speak of what it has not read", async () => {
		const { state } = await replayOf(run(0, 40), "Line 42 of 000001.log is damaged.", 20_500);
		expect(state).toMatchObject({ to: 20_000, damage: null });
	});

	it("is refused in words where there is nothing to show", async () => {
		await expect(replayOf([markAt(1, "Detached.")], "Line 3 of 000001.log is damaged.")).rejects.toThrow(
			"The recording of server.js holds no sample that can be read. Line 3 of 000001.log is damaged.",
		);
	});
});
