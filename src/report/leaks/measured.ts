/** A recording in figures. */
import { Judge, type RecordedSamples } from "../../monitor/index.js";
import {
	type Alert,
	decimate,
	firstAt,
	MEMORY_LAYERS,
	memoryLayers,
	openDatabaseConnections,
	RAW_LIMIT,
	type Sample,
	spreadOf,
	type Thresholds,
	type Unit,
} from "../../protocol/index.js";
import type { Measured, Moment, NamedFigure } from "./types.js";

/** Buckets of a chart: each gives at most four moments. */
const BUCKETS = 100;
/** What is left of a recording once the process has warmed up and has worked for a while. */
const LEVEL_SHARE = 1 / 3;

interface Measure {
	readonly name: string;
	readonly unit: Unit;
	of(sample: Sample): number | undefined;
}

export const CLIENTS = "PrismaClients alive";
export const RSS = "rss";
export const OUTSIDE_HEAP = "outside the heap (rss − heapTotal)";
export const CONNECTIONS = "database connections";

const MEASURES: readonly Measure[] = [
	{ name: RSS, unit: "bytes", of: ({ memory }) => memory.rss },
	...MEMORY_LAYERS.map((layer): Measure => ({ name: layer, unit: "bytes", of: (sample) => memoryLayers(sample)[layer] })),
	{ name: OUTSIDE_HEAP, unit: "bytes", of: ({ memory }) => memory.outsideHeap },
	{ name: CONNECTIONS, unit: "count", of: openDatabaseConnections },
	{ name: CLIENTS, unit: "count", of: ({ clients }) => clients?.live },
	{ name: "query, average", unit: "milliseconds", of: ({ queries }) => queries?.duration?.avg },
	{ name: "query, p95", unit: "milliseconds", of: (sample) => (sample.members === undefined ? queryP95(sample) : undefined) },
	{
		name: "query, p95, worst process",
		unit: "milliseconds",
		of: (sample) => (sample.members === undefined ? undefined : queryP95(sample)),
	},
	{ name: "transaction, average", unit: "milliseconds", of: ({ transactions }) => transactions?.duration?.avg },
	{ name: "transactions open", unit: "count", of: ({ transactions }) => transactions?.open },
];

function queryP95({ queries }: Sample): number | undefined {
	return queries?.duration?.p95;
}

/** The last process of a recording. @param recorded holds at least one sample */
export function measuredOf({ name, samples, damage }: RecordedSamples, thresholds: Thresholds): Measured | null {
	const pid = samples.at(-1)?.pid;
	const own = samples.filter((sample) => sample.pid === pid);
	const [first, last] = [own[0], own.at(-1)];
	if (first === undefined || last === undefined) return null;
	const { alerts, judge } = judged(own, thresholds);
	return {
		name,
		pid: last.pid,
		from: first.t,
		to: last.t,
		samples: own.length,
		restarts: new Set(samples.map((sample) => sample.pid)).size - 1,
		damage,
		levels: levelsOf(own, `recording of ${name}, pid ${last.pid}`),
		alerts,
		trends: judge.judgement.trends,
		series: seriesOf(own, last.t - first.t),
	};
}

function judged(samples: readonly Sample[], thresholds: Thresholds): { readonly alerts: readonly Alert[]; readonly judge: Judge } {
	const judge = new Judge(thresholds);
	return { alerts: samples.flatMap((sample) => judge.next(sample)), judge };
}

/**
 * The levels of the last third of `samples`, which are of one process: of every measure the median, the lowest and the highest. At most the
 * latest `RAW_LIMIT` samples count: of older ones a history keeps only the extremes.
 */
export function levelsOf(samples: readonly Sample[], source: string): readonly NamedFigure[] {
	const latest = lastThird(samples).slice(-RAW_LIMIT);
	return MEASURES.flatMap(({ name, unit, of }) => {
		const values = latest.flatMap((sample) => of(sample) ?? []);
		const spread = spreadOf(values);
		if (spread === null) return [];
		const figure = { ...spread, basis: "measured" as const, source: `${source}, median of its last third` };
		return [{ name, unit, figure, samples: values.length }];
	});
}

/** By time: samples can be missing, or thinned. */
function lastThird(samples: readonly Sample[]): readonly Sample[] {
	const [first, last] = [samples[0], samples.at(-1)];
	if (first === undefined || last === undefined) return [];
	return samples.slice(firstAt(samples, last.t - (last.t - first.t) * LEVEL_SHARE));
}

function seriesOf(samples: readonly Sample[], lasted: number): readonly Moment[] {
	return decimate(samples, Math.max(1, lasted / BUCKETS)).map((sample) => {
		const { rss, heapUsed, heapTotal, external, native } = sample.memory;
		return { t: sample.t, rss, heapUsed, heapFree: heapTotal - heapUsed, external, native, connections: openDatabaseConnections(sample) };
	});
}
