import { beforeEach, describe, expect, it } from "vitest";
import { baselineOf } from "../../../src/extension/monitor/baseline.js";
import { readReplay } from "../../../src/extension/monitor/replay.js";
import { ShownSession } from "../../../src/extension/monitor/shown-session.js";
import { Stage, type StageChange } from "../../../src/extension/monitor/stage.js";
import type { RecordingEntry } from "../../../src/monitor/index.js";
import { isToDashboard, RAW_LIMIT, type Sample, SampleHistory } from "../../../src/protocol/index.js";
import { sampleOf } from "../../monitor/samples.js";
import { live, sessionsOnPort, thresholds } from "./port.js";

const target = { pid: 1, title: "server.js", nodeVersion: "v20", inspector: "127.0.0.1:9229", openedByUs: false };
const RECORDED = "20260101-000000-9";
/** Recording of the session that is attached first. */
const SESSION = "20260102-000000-1";

const at = (second: number, external: number, pid = 1): Sample => sampleOf({ t: second * 1_000, pid, external });

function setUp() {
	const { sessions, eventsOf, attach } = sessionsOnPort();
	const shown = new ShownSession(sessions);
	const stage = new Stage({ sessions: shown, explain: (alert) => alert });
	const events = eventsOf(0);
	const controller = sessions.all[0]?.controller;
	if (controller === undefined) throw new Error("there is always a session");
	const changes: StageChange[] = [];
	stage.onChange((change) => changes.push(change));
	const feed = (from: number, to: number, external: number, pid = 1): void => {
		for (let second = from; second < to; second += 1) events.sample(at(second, external, pid));
	};
	return { sessions, shown, controller, events, eventsOf, attach, stage, changes, feed };
}

function replay(seconds: number, external = 40) {
	async function* entries(): AsyncGenerator<RecordingEntry, string | null> {
		for (let second = 0; second < seconds; second += 1) yield { kind: "sample", sample: at(second, external, 9) };
		return null;
	}
	return readReplay({ recording: { id: RECORDED, target: { ...target, pid: 9 } }, entries: entries(), thresholds, until: null });
}

let t: ReturnType<typeof setUp>;
beforeEach(() => {
	t = setUp();
	t.attach(t.controller);
	t.events.state({ kind: "live", target, since: 0 });
	t.events.recording({ id: SESSION, problem: null });
});

const external = () => t.stage.comparison()?.figures.find(({ name }) => name === "external");

describe("a baseline from here", () => {
	it("compares what was measured up to then with what comes after it", () => {
		t.feed(0, 60, 50);
		t.stage.setBaselineHere(59_000);
		expect(t.stage.comparison()).toMatchObject({ after: null, figures: [], oneSided: [] });
		expect(t.stage.baseline?.run).toMatchObject({ name: "server.js", pid: 1, from: 0, to: 59_000 });
		t.feed(60, 120, 20);
		expect(external()).toMatchObject({ before: { value: 50e6 }, after: { value: 20e6 }, weight: "beyond" });
		expect(t.stage.comparison()?.after).toEqual({ pid: 1, from: 60_000, to: 119_000 });
	});

	it("is what the figures' changes are counted from, until it is cleared", () => {
		t.feed(0, 60, 50);
		t.stage.setBaselineHere(59_000);
		expect(t.stage.history.baseline?.t).toBe(59_000);
		expect(t.stage.marks.at(-1)).toMatchObject({ t: 59_000, kind: "baseline" });
		t.stage.setBaseline(null);
		expect(t.stage.history.baseline?.t).toBe(0);
		expect(t.stage.comparison()).toBeNull();
	});

	it("takes the last process up to then, and the last one after it", () => {
		t.feed(0, 30, 90);
		t.feed(30, 60, 50, 2);
		t.stage.setBaselineHere(59_000);
		t.feed(60, 90, 50, 2);
		t.feed(90, 150, 20, 3);
		expect(t.stage.baseline?.run).toMatchObject({ pid: 2, from: 30_000 });
		expect(t.stage.comparison()?.after).toMatchObject({ pid: 3, from: 90_000 });
		expect(external()).toMatchObject({ before: { value: 50e6 }, after: { value: 20e6 } });
	});

	it("stands when what was measured is cleared, and changes nothing where nothing was measured", () => {
		t.stage.setBaselineHere(5_000);
		expect(t.stage.baseline).toBeNull();
		t.feed(0, 60, 50);
		t.stage.setBaselineHere(59_000);
		t.controller.clear();
		t.feed(60, 120, 20);
		expect(external()).toMatchObject({ before: { value: 50e6 }, after: { value: 20e6 } });
	});

	it("works the figures out every few seconds, not with every sample, and at once for another process", () => {
		t.feed(0, 60, 50);
		t.stage.setBaselineHere(59_000);
		const worked: (number | undefined)[] = [];
		t.stage.onChange(({ type }) => {
			if (type === "comparison") worked.push(t.stage.comparison()?.after?.to);
		});
		t.feed(60, 80, 20);
		expect(worked).toEqual([60_000, 65_000, 70_000, 75_000]);
		t.feed(80, 81, 20, 2);
		expect(worked.at(-1)).toBe(80_000);
	});

	it("is remembered by its recording and time", () => {
		t.feed(0, 60, 50);
		t.stage.setBaselineHere(59_000);
		expect(t.stage.memory).toEqual({
			replay: null,
			baseline: { recording: SESSION, here: { shown: SESSION, until: 59_000 } },
		});
	});

	it("that was read again before the session's samples were is counted from once they are there", async () => {
		const fresh = setUp();
		const history = new SampleHistory();
		for (let second = 0; second < 60; second += 1) history.push(at(second, 50), false);
		const here = { shown: SESSION, until: 30_000 };
		fresh.stage.setBaseline(baselineOf({ name: "server.js", history, damage: null, here, recording: SESSION }));
		async function* recorded() {
			for (let second = 0; second < 60; second += 1) yield { kind: "sample", sample: at(second, 50) } as const;
		}
		await fresh.controller.recall(SESSION, recorded(), 1_000, thresholds);
		expect(fresh.stage.history.baseline?.t).toBe(30_000);
		expect(fresh.stage.comparison()?.after).toMatchObject({ from: 31_000, to: 59_000 });
	});
});

describe("a recording as the baseline", () => {
	it("is compared with all of the process at hand, whenever either was measured", async () => {
		const { log, state } = await replay(60, 80);
		t.feed(30, 90, 20);
		t.stage.setBaseline(baselineOf({ name: state.name, history: log.history, damage: "Line 3.", here: null, recording: RECORDED }));
		expect(external()).toMatchObject({ before: { value: 80e6 }, after: { value: 20e6 }, weight: "beyond" });
		expect(t.stage.comparison()?.after).toMatchObject({ from: 30_000 });
		expect(t.stage.baseline?.run).toMatchObject({ pid: 9, damage: "Line 3." });
		expect(t.stage.history.baseline?.t).toBe(30_000);
	});

	it("names what only one of both measured", async () => {
		const { log, state } = await replay(60, 80);
		t.stage.setBaseline(baselineOf({ name: state.name, history: log.history, damage: null, here: null, recording: RECORDED }));
		for (let second = 0; second < 60; second += 1) t.events.sample({ ...at(second, 20), clients: { live: 1, created: 1 } });
		expect(t.stage.comparison()?.oneSided).toEqual(["PrismaClients alive"]);
	});

	it("of a day fits into a message, its peaks included", () => {
		const history = new SampleHistory();
		for (let second = 0; second < 86_400; second += 1) history.push(at(second, second === 40_000 ? 900 : 50), false);
		const baseline = baselineOf({ name: "server.js", history, damage: null, here: null, recording: RECORDED });
		const samples = baseline?.run.samples ?? [];
		expect(samples.length).toBeLessThanOrEqual(RAW_LIMIT);
		expect(samples.some(({ memory }) => memory.external === 900e6)).toBe(true);
		expect(isToDashboard({ type: "baseline", run: baseline?.run, since: null })).toBe(true);
	});
});

describe("a replay", () => {
	it("stands in the session's place until it is left, while the session goes on", async () => {
		t.feed(0, 10, 20);
		t.stage.showReplay(await replay(60));
		expect(t.changes.at(-1)).toEqual({ type: "renewed" });
		expect(t.stage.restore()).toMatchObject({ state: { kind: "replay", pid: 9 }, levels: [], sites: [], history: { received: 60 } });
		t.changes.length = 0;
		t.feed(10, 15, 20);
		t.events.levels([{ level: "trace", status: "on", price: "p", until: null }]);
		t.events.state({ kind: "detached", target, at: 15_000 });
		expect(t.changes).toEqual([]);
		t.stage.leaveReplay();
		expect(t.changes).toEqual([{ type: "renewed" }]);
		expect(t.stage.restore()).toMatchObject({ state: { kind: "detached" }, levels: [{ level: "trace" }], history: { received: 15 } });
	});

	it("gives the page a restore it understands, with and without a baseline", async () => {
		t.stage.showReplay(await replay(60));
		expect(isToDashboard(t.stage.restore())).toBe(true);
		t.stage.setBaselineHere(30_000);
		expect(isToDashboard(t.stage.restore())).toBe(true);
	});

	it("can be compared with its own beginning; the session then with all of that", async () => {
		t.feed(100, 160, 20);
		t.stage.showReplay(await replay(60));
		t.stage.setBaselineHere(30_000);
		expect(t.stage.comparison()?.after).toEqual({ pid: 9, from: 31_000, to: 59_000 });
		expect(t.stage.memory).toEqual({ replay: RECORDED, baseline: { recording: RECORDED, here: { shown: RECORDED, until: 30_000 } } });
		t.stage.leaveReplay();
		expect(t.stage.comparison()?.after).toEqual({ pid: 1, from: 100_000, to: 159_000 });
	});
});

describe("several sessions", () => {
	/** A second one, whose external memory stays the same. */
	function another() {
		const controller = t.sessions.open();
		const events = t.eventsOf(1);
		t.attach(controller);
		events.state(live(2));
		events.recording({ id: "20260102-000000-2", problem: null });
		for (let second = 0; second < 60; second += 1) events.sample(at(second, 30, 2));
		return controller;
	}

	it("each are compared with the baseline that was set in one of them", () => {
		t.feed(0, 60, 50);
		const other = another();
		t.shown.show(t.controller);
		t.stage.setBaselineHere(59_000);
		t.shown.show(other);
		expect(t.stage.comparison()?.after).toEqual({ pid: 2, from: 0, to: 59_000 });
		expect(t.stage.history.baseline?.t).toBe(0);
		t.shown.show(t.controller);
		expect(t.stage.comparison()?.after).toBeNull();
		expect(t.stage.history.baseline?.t).toBe(59_000);
	});

	it("have a sum that can be the baseline, and is not remembered", () => {
		const other = another();
		t.shown.show(other);
		t.feed(0, 60, 50);
		t.shown.choose("all");
		for (let second = 60; second < 120; second += 1) {
			t.events.sample(at(second, 50));
			t.eventsOf(1).sample(at(second, 30, 2));
		}
		t.stage.setBaselineHere(119_000);
		expect(t.stage.baseline?.run).toMatchObject({ name: "all processes, summed", pid: 0 });
		expect(isToDashboard(t.stage.restore())).toBe(true);
		expect(t.stage.memory.baseline).toBeNull();
	});
});
