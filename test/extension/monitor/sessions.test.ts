import { describe, expect, it } from "vitest";
import { ShownSession } from "../../../src/extension/monitor/shown-session.js";
import type { Alert } from "../../../src/protocol/index.js";
import { isToDashboard } from "../../../src/protocol/index.js";
import { sampleOf } from "../../monitor/samples.js";
import { live, options, sessionsOnPort, thresholds } from "./port.js";

/** Two processes are watched: 11 in the first session, 12 in the second, which is shown. */
function two() {
	const port = sessionsOnPort();
	const { sessions, eventsOf, attach } = port;
	const shown = new ShownSession(sessions);
	const [first] = sessions.all;
	if (first === undefined) throw new Error("there is always a session");
	attach(first.controller);
	eventsOf(0).state(live(11));
	const second = sessions.open();
	attach(second);
	eventsOf(1).state(live(12));
	shown.show(second);
	return { ...port, shown, first: first.controller, second };
}

/** Enough samples that hold more connections than the limit for an alert to be raised. */
const overLimit = (pid: number) => Array.from({ length: 40 }, (_, second) => sampleOf({ t: second * 1_000, pid, connections: 20 }));

describe("the sessions of a window", () => {
	it("each keep what is theirs", () => {
		const { eventsOf, first, second, sessions } = two();
		eventsOf(0).sample(sampleOf({ t: 1_000, pid: 11 }));
		eventsOf(1).sample(sampleOf({ t: 1_100, pid: 12 }));
		eventsOf(1).sample(sampleOf({ t: 2_100, pid: 12 }));
		expect([first, second].map(({ history }) => [history.latest?.pid, history.received])).toEqual([
			[11, 1],
			[12, 2],
		]);
		expect(sessions.identified("12@1")).toBe(second);
		expect(sessions.identified("13@1")).toBeUndefined();
	});

	it("are told by pid and start: a process elsewhere may have the pid of one of this machine", () => {
		const { sessions, eventsOf, second } = two();
		expect(sessions.watching({ pid: 12, startedAt: 5_000 })).toBeUndefined();
		const { target } = live(12);
		eventsOf(1).state({ kind: "live", target: { ...target, startedAt: 5_000 }, since: 0 });
		expect(sessions.watching({ pid: 12, startedAt: 5_900 })).toBe(second);
		expect(sessions.watching({ pid: 12, startedAt: null })).toBe(second);
		expect(sessions.watching({ pid: 12, startedAt: 90_000 })).toBeUndefined();
		expect(sessions.watching({ pid: 12, startedAt: 5_000 }, 1)).toBeUndefined();
	});

	it("lead to the threads of their processes: here by pid, elsewhere by what was attached to", async () => {
		const { sessions, eventsOf, second } = two();
		const address = { kind: "address", host: "127.0.0.1", port: 9_333 } as const;
		second.attach(address, options, thresholds);
		eventsOf(0).state({ kind: "live", target: { ...live(11).target, startedAt: 5_000 }, since: 0 });
		eventsOf(1).state(live(12));
		expect((await sessions.threads()).map(({ target: { pid }, of }) => [pid, of])).toEqual([
			[11, { kind: "pid", pid: 11, startedAt: 5_000, mayOpenInspector: true }],
			[12, address],
		]);
		eventsOf(1).state({ kind: "silent", target: live(12).target, since: 1, reason: "It is stopped." });
		expect((await sessions.threads()).map(({ target: { pid } }) => pid)).toEqual([11]);
	});

	it("that ended are there until something else is attached", () => {
		const { sessions, eventsOf, first, second, asked } = two();
		const { target } = live(11);
		eventsOf(0).state({ kind: "gone", target, at: 5_000, reason: "The process ended." });
		expect(sessions.attached).toEqual([second]);
		expect(sessions.all).toHaveLength(2);
		const third = sessions.open();
		sessions.closeEnded(third);
		expect(sessions.all.map(({ controller }) => controller)).toEqual([second, third]);
		expect(asked.filter((what) => what === "close")).toHaveLength(1);
		expect(first.state.kind).toBe("gone");
	});

	it("are followed as they come, until they go", () => {
		const { sessions, first, second } = two();
		const followed: string[] = [];
		const stop = sessions.each((session) => {
			const name = session === first ? "first" : session === second ? "second" : "third";
			followed.push(name);
			return () => followed.push(`${name} ends`);
		});
		const third = sessions.open();
		sessions.closeEnded(first);
		expect(followed).toEqual(["first", "second", "third", "third ends"]);
		expect(third.state.kind).toBe("idle");
		stop();
		expect(followed.slice(4)).toEqual(["first ends", "second ends"]);
	});

	it("are all left when all are detached from, and closed with the window", () => {
		const { sessions, asked } = two();
		sessions.detachAll();
		sessions.dispose();
		expect(asked).toEqual(["attach", "attach", "detach", "detach", "close", "close", "dispose"]);
	});
});

describe("what the dashboard shows", () => {
	it("is the session that is chosen: its figures, and none of the others", () => {
		const { shown, eventsOf } = two();
		const told: string[] = [];
		shown.onChange((change) => told.push(change.type === "sample" ? `sample of ${change.sample.pid}` : change.type));
		eventsOf(0).sample(sampleOf({ t: 1_000, pid: 11 }));
		eventsOf(1).sample(sampleOf({ t: 1_000, pid: 12 }));
		expect(told).toEqual(["sample of 12", "judgement"]);
		shown.choose(shown.watched.sessions[0]?.id ?? 0);
		expect(told.at(-1)).toBe("renewed");
		expect(shown.history.latest?.pid).toBe(11);
		eventsOf(1).sample(sampleOf({ t: 2_000, pid: 12 }));
		expect(told.at(-1)).toBe("renewed");
	});

	it("can be chosen among those that something was attached to, by name, and each change is told once", () => {
		const { shown, sessions, eventsOf } = two();
		const told: unknown[] = [];
		shown.onWatched((watched) => told.push(watched));
		const { sessions: listed } = shown.watched;
		expect(listed).toMatchObject([
			{ name: "worker-11.js (pid 11)", state: "live" },
			{ name: "worker-12.js (pid 12)", state: "live" },
		]);
		eventsOf(0).state({ kind: "silent", target: live(11).target, since: 1, reason: "It is stopped." });
		eventsOf(0).state({ kind: "silent", target: live(11).target, since: 2, reason: "It is stopped." });
		shown.choose("all");
		sessions.open();
		expect(told).toHaveLength(2);
		expect(told.at(-1)).toMatchObject({ sessions: [{ state: "silent" }, { state: "live" }], shown: "all" });
		expect(isToDashboard({ type: "watched", watched: told.at(-1) })).toBe(true);
	});

	it("turns to one that is watched when the chosen one is closed", () => {
		const { shown, sessions, eventsOf, first } = two();
		eventsOf(1).state({ kind: "detached", target: live(12).target, at: 5_000 });
		sessions.closeEnded(first);
		expect(shown.session).toBe(first);
	});
});

describe("the sum of all", () => {
	it("is not joined over a time when nothing was watched, and forgets the alerts of what was left", () => {
		const { shown, eventsOf, attach, first, second } = two();
		shown.choose("all");
		for (const sample of overLimit(11)) eventsOf(0).sample(sample);
		expect(shown.judgement.alerts).toHaveLength(1);
		let told = 1;
		shown.onChange((change) => {
			if (change.type === "judgement") told = change.judgement.alerts.length;
		});
		eventsOf(0).state({ kind: "detached", target: live(11).target, at: 40_000 });
		expect(told).toBe(0);
		eventsOf(1).state({ kind: "detached", target: live(12).target, at: 40_000 });
		attach(first);
		eventsOf(0).state(live(11));
		eventsOf(0).sample(sampleOf({ t: 900_000, pid: 11 }));
		expect(shown.history.breaks).toEqual([900_000]);
		expect(second.state.kind).toBe("detached");
	});

	it("has a sample when each process has told one, and counts anew when one ends", () => {
		const { shown, eventsOf } = two();
		shown.choose("all");
		eventsOf(0).sample(sampleOf({ t: 1_000, pid: 11, connections: 2 }));
		for (const t of [2_000, 3_000]) {
			eventsOf(1).sample(sampleOf({ t: t - 500, pid: 12, connections: 5 }));
			eventsOf(0).sample(sampleOf({ t, pid: 11, connections: 2 }));
		}
		expect(shown.history.latest).toMatchObject({ t: 3_000, pid: 0, connections: [{ process: 7 }] });
		expect(shown.history.baseline?.connections).toMatchObject([{ process: 7 }]);
		eventsOf(1).state({ kind: "gone", target: live(12).target, at: 3_500, reason: "The process ended." });
		eventsOf(0).sample(sampleOf({ t: 4_000, pid: 11, connections: 2 }));
		expect(shown.history.latest?.connections).toMatchObject([{ process: 2 }]);
		expect(shown.history.baseline?.t).toBe(4_000);
		expect(shown.history.breaks).toEqual([]);
		expect(shown.marks.map(({ text }) => text)).toEqual([
			"worker-12.js (pid 12) counts from here on.",
			"worker-12.js (pid 12): worker-12.js ended: The process ended.",
			"worker-12.js (pid 12) counts no longer.",
		]);
		expect(shown.state).toMatchObject({ kind: "live", target: { pid: 11 } });
	});

	it("is measured against the limits of as many processes, and tells whose alert one is", () => {
		const { shown, eventsOf, first } = two();
		const alerts: Alert[] = [];
		first.onChange((change) => change.type === "alert" && alerts.push(change.alert));
		shown.choose("all");
		for (const sample of overLimit(11)) eventsOf(0).sample(sample);
		for (const t of [39_500, 40_500]) eventsOf(1).sample(sampleOf({ t, pid: 12 }));
		expect(alerts.map(({ subject }) => subject)).toContain("connections");
		expect(shown.judgement.alerts[0]?.message).toMatch(/^worker-11\.js \(pid 11\): 20 database connections are open/);
		const { limits } = first.thresholds;
		expect(shown.thresholds.limits).toMatchObject({ connections: 2 * limits.connections, query: limits.query });
	});

	it("has a note written into the recording of each process, and shows it once", () => {
		const { shown, asked } = two();
		shown.choose("all");
		shown.mark({ t: 1_000, kind: "note", text: "load test begins" });
		expect(asked.filter((one) => one.startsWith("note"))).toEqual(["note 1000 load test begins", "note 1000 load test begins"]);
		expect(shown.marks.map(({ text }) => text)).toEqual(["load test begins"]);
	});

	it("detaches from all, and clears what it counted itself", () => {
		const { shown, eventsOf, first, asked } = two();
		shown.choose("all");
		eventsOf(0).sample(sampleOf({ t: 1_000, pid: 11 }));
		eventsOf(1).sample(sampleOf({ t: 1_000, pid: 12 }));
		shown.clear();
		expect(shown.history.received).toBe(0);
		expect(first.history.received).toBe(1);
		shown.detach();
		expect(asked.filter((what) => what === "detach")).toHaveLength(2);
	});
});
