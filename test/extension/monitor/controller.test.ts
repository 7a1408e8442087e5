import { describe, expect, it } from "vitest";
import type { SessionChange } from "../../../src/extension/monitor/session-view.js";
import { controllerOnPort, options, sample, thresholds } from "./port.js";

function setUp() {
	const { controller, events, asked } = controllerOnPort();
	const changes: SessionChange[] = [];
	controller.onChange((change) => changes.push(change));
	const gaps = () => changes.flatMap((change) => (change.type === "sample" ? change.afterGap : []));
	return { controller, events, asked, changes, gaps };
}

describe("MonitorController", () => {
	it("says at once that it is connecting, and passes on what follows", () => {
		const { controller, events, asked, changes } = setUp();
		controller.attach({ kind: "pid", pid: 1, mayOpenInspector: false }, options, thresholds);
		expect(controller.state.kind).toBe("connecting");
		expect(asked).toEqual(["attach"]);
		events.sample(sample(1000));
		expect(changes.map((change) => change.type)).toEqual(["renewed", "state", "sample", "judgement"]);
		expect(controller.history.received).toBe(1);
	});

	it("marks a gap after a pause, another process and a new attach, and nowhere else", () => {
		const { controller, events, gaps } = setUp();
		controller.attach({ kind: "pid", pid: 1, mayOpenInspector: false }, options, thresholds);
		for (const t of [0, 1000, 2400, 5000]) events.sample(sample(t));
		events.sample(sample(6000, 2));
		events.sample(sample(7000, 2));
		controller.attach({ kind: "pid", pid: 2, mayOpenInspector: false }, options, thresholds);
		events.sample(sample(8000, 2));
		expect(gaps()).toEqual([false, false, false, true, true, false, true]);
	});

	it("clears what was recorded and goes on", () => {
		const { controller, events, changes } = setUp();
		controller.attach({ kind: "pid", pid: 1, mayOpenInspector: false }, options, thresholds);
		events.sample(sample(1000));
		controller.clear();
		expect(controller.history.received).toBe(0);
		expect(changes.at(-1)).toEqual({ type: "renewed" });
		events.sample(sample(2000));
		expect(controller.history.baseline?.t).toBe(2000);
	});

	it("keeps marks of gaps, restarts, the end and notes in the order of time, and forgets them with what was recorded", () => {
		const { controller, events, asked, changes } = setUp();
		controller.attach({ kind: "pid", pid: 1, mayOpenInspector: false }, options, thresholds);
		for (const t of [0, 1000, 35_000]) events.sample(sample(t));
		events.sample(sample(36_000, 2));
		const target = { pid: 2, title: "server.js", nodeVersion: "v20", inspector: "127.0.0.1:9229", openedByUs: true };
		events.state({ kind: "gone", target, at: 40_000, reason: "It was killed." });
		controller.mark({ t: 500, kind: "note", text: "load test begins" });
		expect(controller.marks.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
			"note: load test begins",
			"gap: No samples for 34 s.",
			"restart: Process 2 is watched; before it was process 1.",
			"end: server.js ended: It was killed.",
		]);
		expect(asked).toEqual(["attach", "note 500 load test begins"]);
		expect(changes.at(-1)).toEqual({ type: "marks", marks: controller.marks });
		controller.clear();
		expect(controller.marks).toEqual([]);
	});

	it("ends its session of the monitor process with itself", () => {
		const { controller, asked } = setUp();
		controller.dispose();
		expect(asked).toEqual(["close"]);
	});
});
