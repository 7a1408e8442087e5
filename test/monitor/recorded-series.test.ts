import { describe, expect, it } from "vitest";
import { PROFILES, thresholdsOf } from "../../src/config/index.js";
import { Judge } from "../../src/monitor/judge.js";
import type { Alert, AlertSubject, Sample } from "../../src/protocol/index.js";
import { Random } from "../support/random.js";
import { recordedSeries } from "../support/recordings.js";

const MINUTE = 60_000;
const CUTS = 50;

/** Ten minutes of real processes. `must`: alerts that have to come; `may`: true ones that a shorter look need not find. */
const SERIES: Readonly<Record<string, { readonly must: readonly AlertSubject[]; readonly may: readonly AlertSubject[] }>> = {
	"leaky-hotel": { must: ["connections", "trend-heap"], may: ["trend-external"] },
	"heap-leak": { must: ["trend-heap"], may: [] },
	"external-leak": { must: ["trend-external"], may: [] },
	"repaired-hotel": { must: [], may: [] },
	"saw-tooth": { must: [], may: [] },
	"bounded-cache": { must: [], may: [] },
	restarts: { must: [], may: [] },
};

/** V8 collects this heap about once a minute, and a verdict takes five collections after warm-up: cuts may end before. */
const RARELY_COLLECTED: ReadonlySet<string> = new Set(["heap-leak"]);

const newJudge = () => new Judge(thresholdsOf(PROFILES.production));

/** Every alert that was raised at any time. */
function alertsOf(samples: readonly Sample[]): readonly Alert[] {
	const judge = newJudge();
	return samples.flatMap((sample) => judge.next(sample));
}

const subjectsOf = (samples: readonly Sample[]): readonly AlertSubject[] => [...new Set(alertsOf(samples).map(({ subject }) => subject))];

/** A part of seven to ten minutes, begun anywhere: as if the monitor had been attached and detached there. */
function cut(samples: readonly Sample[], random: Random): readonly Sample[] {
	const [first, last] = [samples[0]?.t ?? 0, samples.at(-1)?.t ?? 0];
	const length = (7 + 3 * random.next()) * MINUTE;
	const start = first + random.next() * Math.max(0, last - first - length);
	return samples.filter(({ t }) => t >= start && t <= start + length);
}

/** Roughly normal, with this standard deviation. */
function normal(random: Random, deviation: number): number {
	return deviation * (Array.from({ length: 12 }, () => random.next()).reduce((sum, part) => sum + part, 0) - 6);
}

/** 1 MB on native memory, 100 kB on `external`, 50 kB on each heap space. */
function noisy(sample: Sample, random: Random): Sample {
	const native = Math.max(0, sample.memory.native + normal(random, 1_000_000));
	const external = Math.max(0, sample.memory.external + normal(random, 100_000));
	const outsideHeap = native + external;
	const spaces = sample.heap?.spaces.map((space) => ({ ...space, used: Math.max(0, space.used + normal(random, 50_000)) }));
	return {
		...sample,
		memory: { ...sample.memory, native, external, outsideHeap, rss: sample.memory.heapTotal + outsideHeap },
		...(sample.heap && spaces ? { heap: { ...sample.heap, spaces } } : {}),
	};
}

function cuts(samples: readonly Sample[]): readonly (readonly Sample[])[] {
	return Array.from({ length: CUTS }, (_, seed) => {
		const random = new Random(seed + 1);
		return cut(samples, random).map((sample) => noisy(sample, random));
	});
}

describe.each(Object.entries(SERIES))("recorded from a real process: %s", (name, { must, may }) => {
	const samples = recordedSeries(name);

	it("lasts ten minutes at one sample a second", () => {
		expect((samples.at(-1)?.t ?? 0) - (samples[0]?.t ?? 0)).toBeGreaterThan(9.8 * MINUTE);
		expect(samples.length).toBeGreaterThan(580);
	});

	it(must.length === 0 ? "raises no alert" : `raises ${must.join(" and ")}, and nothing that is not true`, () => {
		const subjects = subjectsOf(samples);
		expect(subjects).toEqual(expect.arrayContaining([...must]));
		expect(subjects.filter((subject) => ![...must, ...may].includes(subject))).toEqual([]);
	});

	it("raises each alert once", () => {
		const subjects = alertsOf(samples).map(({ subject }) => subject);
		expect(subjects).toEqual([...new Set(subjects)]);
	});

	it.skipIf(RARELY_COLLECTED.has(name))(`comes to the same verdict in ${CUTS} random cuts with noise added`, () => {
		const failures = cuts(samples).flatMap((part, index) => {
			const subjects = subjectsOf(part);
			const missing = must.filter((subject) => !subjects.includes(subject));
			const wrong = subjects.filter((subject) => ![...must, ...may].includes(subject));
			return missing.length + wrong.length === 0 ? [] : [{ index, missing, wrong }];
		});
		expect(failures).toEqual([]);
	});
});

it(`never calls a heap steady that leaks, in ${CUTS} random cuts with noise added, though some end too early to tell`, () => {
	const verdicts = cuts(recordedSeries("heap-leak")).map((part) => {
		const judge = newJudge();
		const raised = part.flatMap((sample) => judge.next(sample)).map(({ subject }) => subject);
		expect(raised.filter((subject) => subject !== "trend-heap")).toEqual([]);
		return judge.judgement.trends.find(({ measure }) => measure === "heap")?.kind;
	});
	expect(verdicts).not.toContain("steady");
	expect(verdicts.filter((verdict) => verdict === "rising").length).toBeGreaterThan(CUTS / 2);
});
