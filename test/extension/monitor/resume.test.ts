import { describe, expect, it } from "vitest";
import { PROFILES, thresholdsOf } from "../../../src/config/index.js";
import { isRecent, resume } from "../../../src/extension/monitor/resume.js";
import type { SessionChange } from "../../../src/extension/monitor/session-view.js";
import type { RecordingEntry } from "../../../src/monitor/index.js";
import type { AttachTarget, NodeProcess, RecordingRef, Sample, SessionState, TargetInfo } from "../../../src/protocol/index.js";
import { sampleOf } from "../../monitor/samples.js";
import { controllerOnPort } from "./port.js";

const STARTED = 1_000_000;
const TARGET: TargetInfo = {
	pid: 7,
	title: "server.js",
	startedAt: STARTED,
	nodeVersion: "v22.0.0",
	inspector: "127.0.0.1:9230",
	openedByUs: true,
};
const LIVE: Extract<SessionState, { kind: "live" }> = { kind: "live", target: TARGET, since: STARTED };
const RECORDING = { id: "20260101-000000-7", pid: 7 };
const thresholds = thresholdsOf(PROFILES.production);

const processOf = (pid: number, startedAt: number): NodeProcess => ({
	pid,
	parentPid: 1,
	title: "server.js",
	cwd: "/app",
	startedAt,
	rss: 1,
	inspector: { kind: "closed" },
	openable: { ok: true },
});

async function* recorded(samples: readonly Sample[]): AsyncGenerator<RecordingEntry> {
	for (const sample of samples) yield { kind: "sample", sample };
	yield { kind: "mark", t: 5_000, text: "load test begins", note: true };
}

/** A minute of a process that holds too many connections: its alert was told before the reload. */
const MINUTE = Array.from({ length: 60 }, (_, second) => sampleOf({ t: second * 1_000, pid: 7, connections: 20 }));

/** Resumes on a machine where these processes run. */
async function reload(state: Extract<SessionState, { target: TargetInfo }>, processes: readonly NodeProcess[]) {
	const changes: SessionChange[] = [];
	const attached: { target: AttachTarget; continues: RecordingRef }[] = [];
	const { controller, events } = controllerOnPort();
	controller.onChange((change) => changes.push(change));
	await resume(
		controller,
		{ recording: RECORDING, state },
		{
			intervalMs: 1_000,
			thresholds,
			processes: async () => processes,
			entries: () => recorded(MINUTE),
			attach: async (target, continues) => {
				attached.push({ target, continues });
				const recording = { folder: "/recordings", continues, limitBytes: 1 };
				controller.attach(
					target,
					{ intervalMs: 1_000, databaseEndpoints: [], slowQueryMs: 5_000, allowRemote: false, recording },
					thresholds,
				);
			},
		},
	);
	return { controller, changes, attached, events };
}

describe("after a reload of the window", () => {
	it("the dashboard stands where it stood, and the same process and recording go on after a gap", async () => {
		const { controller, changes, attached, events } = await reload(LIVE, [processOf(7, STARTED)]);
		expect(controller.history.received).toBe(60);
		expect(controller.judgement.alerts.map(({ subject }) => subject)).toEqual(["connections"]);
		expect(attached).toEqual([{ target: { kind: "pid", pid: 7, startedAt: STARTED, mayOpenInspector: true }, continues: RECORDING }]);
		events.state(LIVE);
		events.sample(sampleOf({ t: 70_000, pid: 7, connections: 20 }));
		expect(controller.history.received).toBe(61);
		expect(controller.history.breaks).toEqual([70_000]);
		expect(controller.history.baseline?.t).toBe(0);
		expect(changes.filter(({ type }) => type === "alert")).toEqual([]);
		expect(controller.marks.map(({ kind }) => kind)).toEqual(["alert", "note", "gap"]);
	});

	it.each([
		["ended", []],
		["was replaced by another process with its pid", [processOf(7, STARTED + 60_000)]],
	])("a process that %s is shown as gone, and nothing is attached to", async (_, processes) => {
		const { controller, attached } = await reload(LIVE, processes);
		expect(attached).toEqual([]);
		expect(controller.state).toMatchObject({ kind: "gone", target: TARGET });
		expect(controller.history.received).toBe(60);
	});

	it("a session that was detached stays detached", async () => {
		const detached: Extract<SessionState, { kind: "detached" }> = { kind: "detached", target: TARGET, at: 60_000 };
		const { controller, attached } = await reload(detached, [processOf(7, STARTED)]);
		expect(attached).toEqual([]);
		expect(controller.state).toBe(detached);
	});

	it("the inspector is not opened where a person did not let us open it", async () => {
		const { attached } = await reload({ ...LIVE, target: { ...TARGET, openedByUs: false } }, [processOf(7, STARTED)]);
		expect(attached[0]?.target).toMatchObject({ mayOpenInspector: false });
	});

	it("a thread is attached to again by its number", async () => {
		const { attached } = await reload({ ...LIVE, target: { ...TARGET, worker: { id: 3, title: "mailer" } } }, [processOf(7, STARTED)]);
		const of = { kind: "pid", pid: 7, startedAt: STARTED, mayOpenInspector: true };
		expect(attached).toEqual([{ target: { kind: "worker", worker: 3, of }, continues: RECORDING }]);
	});

	it("a recording of which nothing was heard for minutes is left alone", () => {
		const recording = { ...RECORDING, target: TARGET, startedAt: 0, bytes: 1, writtenAt: 1_000_000 };
		expect(isRecent(recording, 1_060_000)).toBe(true);
		expect(isRecent(recording, 1_300_000)).toBe(false);
	});
});
