import { afterEach, describe, expect, it, vi } from "vitest";
import { PROFILES, thresholdsOf } from "../../src/config/index.js";
import { Judge } from "../../src/monitor/judge.js";
import { TrendWatch } from "../../src/monitor/trend.js";
import type { Sample } from "../../src/protocol/index.js";
import { sampleOf } from "./samples.js";

const MINUTE = 60_000;

/** Two hours, a sample a second, of a process that gains 3 MB of native memory a minute and opens too many connections. */
const LEAKY: readonly Sample[] = Array.from({ length: 7_200 }, (_, second) => {
	const t = second * 1_000;
	return sampleOf({ t, native: 80 + (3 * t) / MINUTE, connections: second < 60 ? 1 : 20 });
});
const LAST = LEAKY.at(-1)?.t ?? 0;

const newJudge = () => new Judge(thresholdsOf(PROFILES.production));

describe("a judge that recalls the past", () => {
	afterEach(() => vi.restoreAllMocks());

	function recalled(): Judge {
		const judge = newJudge();
		for (const sample of LEAKY) judge.recall(sample);
		return judge;
	}

	it("stands where one stands that saw it, and tells nothing of it again", () => {
		const witness = newJudge();
		for (const sample of LEAKY) witness.next(sample);
		const judge = recalled();
		const next = sampleOf({ t: LAST + 15_000, native: 80 + (3 * LAST) / MINUTE, connections: 20 });
		expect(witness.next(next)).toEqual([]);
		expect(judge.next(next)).toEqual([]);
		const subjects = ({ judgement }: Judge) => judgement.alerts.map(({ subject }) => subject).sort();
		expect(subjects(judge)).toEqual(["connections", "outsideHeap", "trend-native"]);
		expect(subjects(judge)).toEqual(subjects(witness));
		expect(judge.judgement.trends).toEqual(witness.judgement.trends);
	});

	it("works out trends a few times an hour, not at every moment", () => {
		const trend = vi.spyOn(TrendWatch.prototype, "trend");
		recalled();
		expect(trend.mock.calls.length).toBeLessThan(3 * 14);
	});

	it("tells of what begins afterwards", () => {
		const judge = newJudge();
		for (let t = 0; t < 5 * MINUTE; t += 1_000) judge.recall(sampleOf({ t }));
		const raised = Array.from({ length: 10 }, (_, second) => judge.next(sampleOf({ t: 5 * MINUTE + second * 1_000, external: 90 })));
		expect(raised.flat().map(({ subject }) => subject)).toContain("external");
	});
});

it("of a thread, nothing is made of what lies outside of the heaps of its process; its own external counts", () => {
	const subjects = (samples: readonly Sample[]) => {
		const judge = newJudge();
		return new Set(samples.flatMap((sample) => judge.next(sample).map(({ subject }) => subject)));
	};
	const grown = LEAKY.map((sample) => ({ ...sample, memory: { ...sample.memory, external: sample.t > LAST / 2 ? 60e6 : 10e6 } }));
	expect(subjects(grown)).toEqual(new Set(["connections", "outsideHeap", "trend-native", "external"]));
	expect(subjects(grown.map((sample) => ({ ...sample, worker: 3 })))).toEqual(new Set(["connections", "external"]));
});
