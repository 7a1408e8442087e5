import { describe, expect, it } from "vitest";
import { statusOf } from "../../webview/panels/status.js";
import { type Choices, DashboardStore, DEFAULT_CHOICES } from "../../webview/store.js";
import { LIVE, restoreOf, START, sampleAt, seconds, TARGET } from "./harness/samples.js";

function liveStore(samples: number, choices: Choices = DEFAULT_CHOICES): DashboardStore {
	const store = new DashboardStore(choices);
	store.apply(restoreOf(seconds(0, samples).map((second) => sampleAt(second))));
	return store;
}

describe("DashboardStore", () => {
	it("shows the window up to the latest sample", () => {
		const view = liveStore(1000).view();
		expect(view.to).toBe(START + 999_000);
		expect(view.to - view.from).toBe(300_000);
		expect(view.received).toBe(1000);
		expect(view.shown?.t).toBe(view.to);
		expect(view.baseline?.t).toBe(START);
	});

	it("draws a young session over a shorter span", () => {
		const spans = [10, 61, 100, 200, 400].map((samples) => {
			const { from, to } = liveStore(samples).view();
			return (to - from) / 60_000;
		});
		expect(spans).toEqual([1, 1, 2, 5, 5]);
	});

	it("stands still while paused, counts how far it is behind, and misses nothing", () => {
		const store = liveStore(100);
		store.togglePause();
		const { rows } = store.view();
		for (const second of seconds(100, 134)) store.apply({ type: "sample", sample: sampleAt(second), afterGap: false });
		const paused = store.view();
		expect(paused.rows).toBe(rows);
		expect(paused.behind).toBe(34_000);
		expect(statusOf(paused)).toMatchObject({ word: "Paused", message: expect.stringContaining("34 s behind") });
		store.togglePause();
		expect(store.view()).toMatchObject({ to: START + 133_000, behind: 0, received: 134 });
	});

	it("does not stay paused at a time that was cleared away", () => {
		const store = liveStore(100, { ...DEFAULT_CHOICES, standing: { from: START, to: START + 50_000 } });
		expect(store.view().to).toBe(START + 50_000);
		store.apply(restoreOf([]));
		expect(store.view()).toMatchObject({ received: 0, choices: { standing: null } });
	});

	it("tells its listeners of every change once", () => {
		const store = liveStore(3);
		let told = 0;
		store.subscribe(() => {
			told += 1;
		});
		const sample = store.view().shown;
		store.setCrosshair(sample);
		store.setCrosshair(sample);
		store.toggle("native");
		store.setWindow(15);
		expect(told).toBe(3);
		expect(store.choices).toMatchObject({ minutes: 15, switched: ["native"] });
		store.toggle("native");
		expect(store.choices.switched).toEqual([]);
	});
});

describe("moving through a session", () => {
	it("zooms around a time, moves within what was recorded, and follows again", () => {
		const store = liveStore(1000);
		store.zoom(START + 849_000, 0.5);
		expect(store.view()).toMatchObject({ from: START + 774_000, to: START + 924_000, behind: 75_000 });
		store.pan(-0.5);
		expect(store.view()).toMatchObject({ from: START + 699_000, to: START + 849_000 });
		store.pan(50);
		expect(store.view().to).toBe(START + 999_000);
		store.pan(-50);
		expect(store.view().from).toBe(START);
		store.follow();
		expect(store.view()).toMatchObject({ behind: 0, from: START + 699_000 });
	});

	it("shows neither less than a few seconds nor more than was recorded", () => {
		const store = liveStore(1000);
		for (let step = 0; step < 50; step += 1) store.zoom(START + 900_000, 0.5);
		expect(store.view().to - store.view().from).toBe(5_000);
		for (let step = 0; step < 50; step += 1) store.zoom(START + 900_000, 2);
		expect(store.view().to - store.view().from).toBe(999_000);
	});

	it("brings a time into view that is out of it", () => {
		const store = liveStore(1000);
		store.showTime(START + 900_000);
		expect(store.view().behind).toBe(0);
		store.showTime(START + 400_000);
		expect(store.view()).toMatchObject({ from: START + 250_000, to: START + 550_000 });
	});
});

describe("a replay", () => {
	const replay = { kind: "replay", name: "server.js", pid: 7, from: START, to: START + 999_000, damage: null } as const;

	function replayStore(samples: number, choices: Choices = DEFAULT_CHOICES): DashboardStore {
		const store = new DashboardStore(choices);
		store.apply(
			restoreOf(
				seconds(0, samples).map((second) => sampleAt(second)),
				{ state: replay },
			),
		);
		return store;
	}

	it("shows all of it until the reader looks closer, and all of it again when asked to", () => {
		const store = replayStore(1000);
		expect(store.view()).toMatchObject({ from: START, to: START + 999_000 });
		store.zoom(START + 500_000, 0.5);
		expect(store.view().to - store.view().from).toBeCloseTo(499_500, 0);
		store.follow();
		expect(store.view()).toMatchObject({ from: START, to: START + 999_000 });
	});

	it("takes a window where the view ends, and all where the window is longer", () => {
		const store = replayStore(1000);
		store.setWindow(5);
		expect(store.view()).toMatchObject({ from: START + 699_000, to: START + 999_000 });
		store.pan(-1);
		store.setWindow(1);
		expect(store.view()).toMatchObject({ from: START + 639_000, to: START + 699_000 });
		store.setWindow(60);
		expect(store.view()).toMatchObject({ from: START, to: START + 999_000 });
	});

	it("of one sample has a minute to stand in", () => {
		expect(replayStore(1).view()).toMatchObject({ from: START - 60_000, to: START });
	});

	it("keeps the part that was in view when the panel was hidden", () => {
		const standing = { from: START + 100_000, to: START + 200_000 };
		expect(replayStore(1000, { ...DEFAULT_CHOICES, standing }).view()).toMatchObject(standing);
	});
});

describe("statusOf", () => {
	it("has a word of its own for every state", () => {
		const store = liveStore(3);
		const words = [
			{ kind: "idle" } as const,
			{ kind: "connecting", step: "Checking" } as const,
			LIVE,
			{ kind: "silent", target: TARGET, since: START, reason: "Its event loop is blocked." } as const,
			{ kind: "gone", target: TARGET, at: START, reason: "The process ended.", successorPid: 9 } as const,
			{ kind: "detached", target: TARGET, at: START } as const,
			{ kind: "error", message: "No.", action: "Do.", detail: "d" } as const,
			{ kind: "replay", name: "server.js", pid: 7, from: START, to: START, damage: null } as const,
		].map((state) => {
			store.apply({ type: "state", state });
			return statusOf(store.view()).word;
		});
		expect(words).toEqual(["Nothing attached", "Connecting", "Live", "Not answering", "Process gone", "Detached", "Error", "Replay"]);
	});
});
