import { describe, expect, it } from "vitest";
import { PROFILES, thresholdsOf } from "../../src/config/index.js";
import { isFromDashboard, isSessionState, isToDashboard, type Judgement, NO_JUDGEMENT, SampleHistory } from "../../src/protocol/index.js";

const target = { pid: 7, title: "server.js", nodeVersion: "v20.20.2", inspector: "127.0.0.1:9229", openedByUs: true };
const memory = { rss: 9, heapTotal: 5, heapUsed: 4, external: 1, arrayBuffers: 0, outsideHeap: 4, native: 3 };
const sample = {
	t: 1,
	pid: 7,
	memory,
	connections: [{ endpoint: "127.0.0.1:5432", kind: "database", process: 1, kernel: null }],
	cpu: 0.1,
};
const judgement: Judgement = {
	alerts: [
		{
			subject: "connections",
			since: 1,
			message: "m",
			cause: "c",
			rules: ["pool-size"],
			finding: { rule: "pool-size", file: "a.ts", line: 1, message: "f" },
		},
	],
	trends: [{ measure: "native", kind: "rising", rate: { perMinute: 3e6, low: 2e6, high: 4e6 }, since: 1 }],
	warm: true,
};
const range = { low: 1, high: 2, source: "model" };
const thresholds = thresholdsOf(PROFILES.production);
const run = { name: "server.js", pid: 7, from: 1, to: 2, samples: [sample], breaks: [2], damage: "Line 3 is damaged." };
const spread = { value: 2, low: 1, high: 3 };
const comparison = {
	after: { pid: 8, from: 3, to: 4 },
	figures: [{ name: "rss", unit: "bytes", before: spread, after: spread, weight: "within" }],
	oneSided: ["query, average"],
};

describe("messages to the dashboard", () => {
	it.each([
		{
			type: "restore",
			state: { kind: "idle" },
			history: new SampleHistory().snapshot(),
			thresholds,
			judgement: NO_JUDGEMENT,
			levels: [],
			marks: [{ t: 1, kind: "note", text: "load test" }],
			sites: [],
			baseline: run,
			comparison,
		},
		{ type: "state", state: { kind: "replay", name: "server.js", pid: 7, from: 1, to: 2, damage: null } },
		{ type: "marks", marks: [{ t: 1, kind: "restart", text: "r" }] },
		{ type: "levels", levels: [{ level: "trace", status: "off", price: "p", until: null }] },
		{ type: "state", state: { kind: "live", target, since: 3 } },
		{ type: "state", state: { kind: "error", message: "m", action: "a" } },
		{ type: "sample", sample, afterGap: false },
		{ type: "baseline", run: null, since: sample },
		{ type: "baseline", run, since: null },
		{ type: "comparison", comparison },
		{ type: "comparison", comparison: null },
		{ type: "judgement", judgement },
		{ type: "cost", cost: null },
		{ type: "nativeMemory", outcome: { kind: "failed", message: "Only Linux has it." } },
		{ type: "cost", cost: { firstClient: range, furtherClient: range, connection: range } },
	])("accepts $type", (message) => expect(isToDashboard(message)).toBe(true));

	it.each([
		null,
		"sample",
		{ type: "sample", sample },
		{ type: "nativeMemory", outcome: { kind: "memory", memory: { pid: 7, t: 1, parts: [{ kind: "lava", rss: 2, own: 1, mappings: 1 }] } } },
		{ type: "cost", cost: { firstClient: range, furtherClient: range, connection: { ...range, low: -1 } } },
		{ type: "sample", sample: { ...sample, t: Number.NaN }, afterGap: false },
		{ type: "sample", sample: { ...sample, memory: { ...memory, rss: "9" } }, afterGap: false },
		{ type: "sample", sample: { ...sample, connections: [{ endpoint: {}, kind: "database", process: 1, kernel: 1 }] }, afterGap: false },
		{
			type: "restore",
			state: { kind: "idle" },
			history: { samples: new Array(200_000).fill(sample) },
			thresholds,
			judgement: NO_JUDGEMENT,
		},
		{ type: "marks", marks: [{ t: 1, kind: "unheard-of", text: "r" }] },
		{ type: "marks", marks: new Array(501).fill({ t: 1, kind: "note", text: "r" }) },
		{ type: "levels", levels: [{ level: "all", status: "off", price: "p", until: null }] },
		{ type: "state", state: { kind: "live" } },
		{ type: "state", state: { kind: "replay", name: "server.js" } },
		{ type: "baseline", run: { ...run, samples: new Array(3_601).fill(sample) }, since: null },
		{ type: "baseline", run: { ...run, pid: "7" }, since: null },
		{ type: "comparison", comparison: { ...comparison, figures: [{ ...comparison.figures[0], weight: "grave" }] } },
		{ type: "comparison", comparison: { ...comparison, figures: [{ ...comparison.figures[0], unit: "metres" }] } },
		{ type: "unheard-of" },
	])("refuses %j", (message) => expect(isToDashboard(message)).toBe(false));
});

describe("messages from the dashboard", () => {
	it.each([
		[{ type: "level", level: "trace", on: true }, true],
		[{ type: "level", level: "everything", on: true }, false],
		[{ type: "setBaseline", t: 5 }, true],
		[{ type: "setBaseline", t: Number.NaN }, false],
		[{ type: "setBaseline" }, false],
		[{ type: "note", t: 1, text: "load test begins" }, true],
		[{ type: "note", t: 1, text: "x".repeat(201) }, false],
		[{ type: "note", t: -1, text: "x" }, false],
		[{ type: "export", from: 1, to: 2 }, true],
		[{ type: "export", from: "1", to: 2 }, false],
		[{ type: "picture", name: "Memory", png: "iVBORw0KGgoAAAA=" }, true],
		[{ type: "picture", name: "Memory", png: "<svg/>" }, false],
	])("%j: %s", (message, accepted) => expect(isFromDashboard(message)).toBe(accepted));

	it("accepts the ones it knows and nothing else", () => {
		for (const type of ["ready", "attach", "detach", "clear", "clearBaseline", "openRecording", "leaveReplay"])
			expect(isFromDashboard({ type }), type).toBe(true);
		for (const message of [{ type: "eval" }, {}, null, "attach", ["attach"]]) expect(isFromDashboard(message)).toBe(false);
	});
});

describe("isSessionState", () => {
	it("lets an error carry folded detail, as text only", () => {
		expect(isSessionState({ kind: "error", message: "m", action: "a", detail: "d" })).toBe(true);
		expect(isSessionState({ kind: "error", message: "m", action: "a", detail: 3 })).toBe(false);
	});
});
