import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openProject } from "../../../src/analysis/index.js";
import { DEFAULT_SETTINGS } from "../../../src/config/index.js";
import type { RecordedSamples } from "../../../src/monitor/index.js";
import type { Sample } from "../../../src/protocol/index.js";
import { analysedIn, type LeakReport, leakReport, REPORT_FORMATS, type ReportInput, renderReport } from "../../../src/report/index.js";
import { type DiskWorkspace, TWO_CLIENTS, writeWorkspace } from "../../support/disk-workspace.js";
import { recordedSeries } from "../../support/recordings.js";

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
let workspace: DiskWorkspace;
let analysed: Pick<ReportInput, "check" | "refusals">;
beforeAll(async () => {
	workspace = await writeWorkspace(TWO_CLIENTS);
	const analysis = openProject(workspace.root);
	await analysis.scan();
	analysed = analysedIn(analysis);
});
afterAll(() => workspace.remove());

function report(changes: Partial<ReportInput> = {}): LeakReport {
	const { profile, database } = DEFAULT_SETTINGS;
	return leakReport({
		name: "hotel",
		madeAt: NOW,
		...analysed,
		findingsBefore: [],
		recording: null,
		baseline: null,
		load: null,
		profile,
		database,
		...changes,
	});
}

function recorded(name: string, change: (sample: Sample) => Sample = (sample) => sample): RecordedSamples {
	return { name, samples: recordedSeries(name).map(change), damage: null };
}

function withClients(live: number): (sample: Sample) => Sample {
	return (sample) => ({ ...sample, clients: { live, created: live } });
}

describe("leak report", () => {
	it("concludes in its first three lines what leaks, what was measured and what to do", () => {
		const both = { baseline: recorded("leaky-hotel"), recording: recorded("repaired-hotel") };
		const [verdict, measured, next] = renderReport(report(both), "markdown").split("\n");
		expect(verdict).toBe("# 1 error in hotel, above all: several PrismaClients side by side (1 place)");
		expect(measured).toMatch(/^Measured before and after: rss \d+ MB → \d+ MB \([−+]\d.*; database connections \d+ → \d+ \([−+]\d+\)\.\\$/);
		expect(next).toBe("Next: the fixes repair 1 of 1 finding (prisma-leak-lens fix .).");
	});

	it("says that nothing was measured, and what is estimated", () => {
		expect(report().conclusion[1]).toBe("Nothing was measured. Estimated: mending what is found saves ≈ 3–4 MB of rss.");
	});

	it("gives every figure its basis and source", () => {
		const { causes, measured, impact } = report({ baseline: recorded("leaky-hotel"), recording: recorded("repaired-hotel") });
		const figures = [
			...causes.flatMap(({ saving }) => saving ?? []),
			...(measured?.levels ?? []).map(({ figure }) => figure),
			...impact.flatMap(({ before, after }) => [before, after]),
		];
		expect(figures.length).toBeGreaterThan(15);
		for (const { basis, source, low, value, high } of figures) {
			expect(["measured", "estimated"]).toContain(basis);
			expect(source).not.toBe("");
			expect(low).toBeLessThanOrEqual(value);
			expect(value).toBeLessThanOrEqual(high);
		}
		expect(causes[0]?.saving).toMatchObject({ basis: "estimated", low: 3e6, high: 4e6 });
	});

	it("takes rss apart without a rest", () => {
		const { measured } = report({ recording: recorded("leaky-hotel") });
		for (const { rss, heapUsed, heapFree, external, native } of measured?.series ?? [])
			expect(Math.abs(heapUsed + heapFree + external + native - rss)).toBeLessThan(1);
		expect(measured?.series.length).toBeGreaterThan(50);
		expect(measured?.series.length).toBeLessThan(500);
	});

	it("keeps to the last process of a recording, and says how many came before", () => {
		const { measured } = report({ recording: recorded("restarts") });
		const pids = recordedSeries("restarts").map(({ pid }) => pid);
		expect(measured?.pid).toBe(pids.at(-1));
		expect(measured?.restarts).toBe(new Set(pids).size - 1);
		expect(measured?.restarts).toBeGreaterThan(0);
	});

	it("shows a leak that was recorded as a trend with its rate", () => {
		const text = renderReport(report({ recording: recorded("heap-leak") }), "markdown");
		expect(text).toMatch(/Leak suspected: heap after garbage collection \+[\d.]+ [kM]B\/min/);
	});

	it("divides what rss lost by the clients that went, where they were counted", () => {
		const baseline = recorded("leaky-hotel", withClients(41));
		const recording = recorded("repaired-hotel", withClients(1));
		const { perClient, impact } = report({ baseline, recording });
		const rss = impact.find(({ name }) => name === "rss");
		expect(perClient?.value).toBeCloseTo(((rss?.before.value ?? 0) - (rss?.after.value ?? 0)) / 40, 3);
		expect(report({ baseline: recorded("leaky-hotel"), recording }).perClient).toBeNull();
	});

	it("lists what was mended since an earlier check with its saving, and not what is left", () => {
		const [left] = analysed.check.findings;
		if (left === undefined) throw new Error("The workspace has a finding.");
		const mended = { ...left, file: "src/guests.ts", line: 9 };
		const { applied } = report({ findingsBefore: [mended, left] });
		expect(applied).toMatchObject([
			{ rule: "multiple-clients", places: [{ file: "src/guests.ts", line: 9 }], saving: { basis: "estimated", low: 3e6, high: 4e6 } },
		]);
	});

	it("says which load the process had to serve", () => {
		const load = { seconds: 30, answered: 2_990, refused: 4, failed: 10, latency: { p50: 3, p99: 41, max: 120 } };
		expect(renderReport(report({ load }), "markdown")).toContain(
			"Load while it was recorded: 3,000 requests in 30 s, of which 14 failed; half were answered within 3.00 ms, 99 % within 41.0 ms. Measured; source: autocannon.",
		);
	});

	it("names the recommendations and limits of its profile", () => {
		const { advice, thresholds } = report({ database: { maxConnections: 100, replicas: 8 } });
		expect(advice).toContainEqual(expect.objectContaining({ setting: "connections per pool", value: 3 }));
		expect(advice).toContainEqual(expect.objectContaining({ setting: "connections per process at most", value: 12 }));
		expect(thresholds).toContainEqual({ name: "external", unit: "bytes", target: 40e6, limit: 50e6 });
	});

	it.each(REPORT_FORMATS)("shows no user or password as %s", (format) => {
		const secret = "postgresql://admin:hunter2@db.internal:5432/hotel";
		const [finding] = analysed.check.findings;
		if (finding === undefined) throw new Error("The workspace has a finding.");
		const check = { ...analysed.check, findings: [{ ...finding, message: `The URL is ${secret}.` }] };
		const text = renderReport(report({ check, recording: { ...recorded("leaky-hotel"), name: `node server.js ${secret}` } }), format);
		expect(text).toContain("db.internal");
		expect(text).not.toMatch(/admin|hunter2/);
	});
});
