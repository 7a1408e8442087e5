import { describe, expect, it } from "vitest";
import { PROFILES, thresholdsOf } from "../../src/config/index.js";
import { Judge } from "../../src/monitor/judge.js";
import type { Alert, DurationsSample, Sample } from "../../src/protocol/index.js";
import { type Figures, sampleOf } from "./samples.js";

const SECOND = 1_000;
const durations = (avg: number): DurationsSample => ({ avg, p50: avg, p95: avg, p99: avg, max: avg });

/** Feeds a sample a second, and tells at which second which alert was raised. */
function watch(
	judge: Judge,
	seconds: readonly [from: number, to: number],
	figures: (second: number) => Omit<Figures, "t">,
	more: Partial<Sample> = {},
) {
	const raised: (Alert & { readonly at: number })[] = [];
	for (let second = seconds[0]; second < seconds[1]; second++) {
		const sample = { ...sampleOf({ t: second * SECOND, ...figures(second) }), ...more };
		raised.push(...judge.next(sample).map((alert) => ({ ...alert, at: second })));
	}
	return raised;
}

const newJudge = () => new Judge(thresholdsOf(PROFILES.production));
const subjects = (judge: Judge) => judge.judgement.alerts.map(({ subject }) => subject);

describe("limits", () => {
	it("raises an alert once, after three seconds over the limit, and says what is over", () => {
		const judge = newJudge();
		const raised = watch(judge, [0, 120], (second) => ({ external: second < 60 ? 49 : 63 }));
		expect(raised.map(({ subject, at, since }) => [subject, at, since])).toEqual([["external", 63, 60 * SECOND]]);
		expect(raised[0]?.message).toBe("external is 63.0 MB, over its limit of 50.0 MB.");
		expect(raised[0]?.rules[0]).toBe("client-per-call");
	});

	it("passes over what is over the limit for a moment", () => {
		expect(watch(newJudge(), [0, 120], (second) => ({ connections: second % 10 < 3 ? 12 : 2 }))).toEqual([]);
	});

	it("does not raise and clear in turn when a figure swings about its limit", () => {
		const judge = newJudge();
		const raised = watch(judge, [0, 300], (second) => ({ external: 51 + 4 * Math.sin(second / 20) }));
		expect(raised).toHaveLength(1);
		expect(subjects(judge)).toEqual(["external"]);
	});

	it("clears ten seconds after the figure is well below, and may raise again", () => {
		const judge = newJudge();
		watch(judge, [0, 30], () => ({ connections: 9 }));
		expect(subjects(judge)).toEqual(["connections"]);
		watch(judge, [30, 40], () => ({ connections: 4 }));
		expect(subjects(judge)).toEqual(["connections"]);
		watch(judge, [40, 42], () => ({ connections: 4 }));
		expect(subjects(judge)).toEqual([]);
		expect(watch(judge, [42, 60], () => ({ connections: 6 }))).toHaveLength(1);
	});

	it("begins anew with another process", () => {
		const judge = newJudge();
		watch(judge, [0, 30], () => ({ connections: 9 }));
		watch(judge, [30, 31], () => ({ connections: 9, pid: 2 }));
		expect(subjects(judge)).toEqual([]);
	});

	it("follows the figures of the profile", () => {
		const { production } = PROFILES;
		const judge = new Judge(thresholdsOf({ ...production, alerts: { ...production.alerts, connections: 20 } }));
		expect(watch(judge, [0, 60], () => ({ connections: 12 }))).toEqual([]);
	});
});

describe("outside the heap", () => {
	it("is measured from the level after warm-up, not from zero", () => {
		const judge = newJudge();
		expect(watch(judge, [0, 200], () => ({ native: 190 }))).toEqual([]);
		const raised = watch(judge, [200, 230], () => ({ native: 245 }));
		expect(raised.map(({ subject }) => subject)).toEqual(["outsideHeap"]);
		expect(raised[0]?.message).toBe("Memory outside the heap is 55.0 MB over its level after warm-up; the limit is 50.0 MB.");
	});

	it("takes a first Prisma client for warm-up, whenever it comes", () => {
		const judge = newJudge();
		const idle = watch(judge, [0, 300], () => ({ native: 40, connections: 0 }));
		const firstQuery = watch(judge, [300, 600], (second) => ({ native: Math.min(140, 40 + (second - 299) * 20), connections: 1 }));
		expect([...idle, ...firstQuery]).toEqual([]);
	});

	it("names more connections as the likely cause where there are some", () => {
		const judge = newJudge();
		watch(judge, [0, 60], () => ({ connections: 1 }));
		const [alert] = watch(judge, [60, 70], () => ({ connections: 4, native: 150 }));
		expect(alert?.cause).toContain("3 more database connections are open than after warm-up");
	});
});

describe("queries and transactions", () => {
	const quiet = () => ({});
	const queries = { count: 10, perSecond: 10, statements: 10, statementDuration: durations(5), slowCount: 0, slow: [], errors: [] };

	it("judges the average of half a minute, not one slow query", () => {
		const judge = newJudge();
		watch(judge, [0, 30], quiet, { queries: { ...queries, duration: durations(20) } });
		expect(watch(judge, [30, 31], quiet, { queries: { ...queries, count: 1, duration: durations(4_000) } })).toEqual([]);
		const [alert] = watch(judge, [31, 90], quiet, { queries: { ...queries, duration: durations(1_500) } });
		expect(alert?.subject).toBe("query");
	});

	it("names an exhausted pool where requests wait", () => {
		const pools = [{ id: 1, endpoint: null, total: 3, idle: 0, waiting: 7, max: 3 }];
		const [alert] = watch(newJudge(), [0, 30], quiet, { pools, queries: { ...queries, duration: durations(3_000) } });
		expect(alert?.cause).toContain("7 requests wait for a connection");
		expect(alert?.rules).toContain("slow-work-in-transaction");
	});

	it("tells of a slow query at once, and not of the next ones", () => {
		const slow = [{ model: "Booking", method: "findMany", duration: 6_200, endedAt: 0 }];
		const raised = watch(newJudge(), [0, 60], quiet, { queries: { ...queries, duration: durations(50), slowCount: 1, slow } });
		expect(raised.map(({ subject, at }) => [subject, at])).toEqual([["slowQuery", 0]]);
		expect(raised[0]?.cause).toMatch(/^Booking.findMany /);
	});

	it("counts a transaction that does not end with its age", () => {
		const transactions = { open: 1, ages: [9_000], ended: 0, duration: null };
		const [alert] = watch(newJudge(), [0, 30], quiet, { transactions });
		expect([alert?.subject, alert?.message]).toEqual(["transaction", "A transaction takes 9.00 s; the limit is 5.00 s."]);
	});
});
