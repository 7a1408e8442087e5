import {
	AGE_LIMIT,
	type ClientsSample,
	type ConnectionSample,
	type DatabaseView,
	type DurationsSample,
	ERROR_LIMIT,
	type EventLoopSample,
	OPEN_LIMIT,
	type PoolGauges,
	type QueriesSample,
	type Sample,
	SLOW_LIMIT,
	type TransactionsSample,
} from "../protocol/index.js";
import { memorySample } from "./probes/memory.js";

/** In place of a pid. */
const SEVERAL = 0;

/**
 * Several processes and threads at one moment, as if they were one. What belongs to a whole process, such as its rss, counts once however
 * many of its threads are among them; memory that processes share counts in each. Averages are those over all of them. Of what has no sum,
 * percentiles and how an event loop does, each figure is that of the worst of them. What a level measures is left out, unless it is measured
 * in each of them.
 * @param samples the latest of each; at least one
 */
export function summed(samples: readonly Sample[]): Sample {
	const processes = onePerProcess(samples);
	const eventLoops = inEach(samples, (sample) => sample.eventLoop);
	const clients = inEach(samples, (sample) => sample.clients);
	const queries = inEach(samples, (sample) => sample.queries);
	const transactions = inEach(samples, (sample) => sample.transactions);
	return {
		t: Math.max(...samples.map(({ t }) => t)),
		pid: SEVERAL,
		members: samples.length,
		memory: memorySample({
			rss: total(processes, ({ memory }) => memory.rss),
			heapTotal: total(samples, ({ memory }) => memory.heapTotal),
			heapUsed: total(samples, ({ memory }) => memory.heapUsed),
			external: total(samples, ({ memory }) => memory.external),
			arrayBuffers: total(samples, ({ memory }) => memory.arrayBuffers),
		}),
		connections: sumOfConnections(samples, processes),
		cpu: totalOrNull(processes, ({ cpu }) => cpu),
		...(eventLoops === null ? {} : { eventLoop: worstLoop(eventLoops) }),
		...(clients === null ? {} : { clients: sumOfClients(clients) }),
		...(queries === null ? {} : { queries: sumOfQueries(queries) }),
		...(transactions === null ? {} : { transactions: sumOfTransactions(transactions) }),
	};
}

/** Of each process one sample: that of its main thread where there is one. */
function onePerProcess(samples: readonly Sample[]): readonly Sample[] {
	const chosen = new Map<number, Sample>();
	for (const sample of samples) if (sample.worker === undefined || !chosen.has(sample.pid)) chosen.set(sample.pid, sample);
	return [...chosen.values()];
}

/** What a thread's sample says of its endpoints is about the thread; the kernel counts for the process. */
function sumOfConnections(samples: readonly Sample[], processes: readonly Sample[]): readonly ConnectionSample[] {
	const endpoints = new Set(samples.flatMap(({ connections }) => connections.map(({ endpoint }) => endpoint)));
	return [...endpoints].map((endpoint) => {
		const at = (from: readonly Sample[]) =>
			from.flatMap(({ connections }) => connections.filter((connection) => connection.endpoint === endpoint));
		const [ofThreads, ofProcesses] = [at(samples), at(processes)];
		const pools = ofThreads.flatMap(({ pool }) => pool ?? []);
		const views = ofProcesses.flatMap(({ database }) => database ?? []);
		const ages = ofThreads.flatMap((connection) => connection.ages ?? []);
		return {
			endpoint,
			kind: ofThreads.some(({ kind }) => kind === "database") ? "database" : "other",
			process: totalOrNull(ofThreads, ({ process }) => process),
			kernel: totalOrNull(ofProcesses, ({ kernel }) => kernel),
			...(ages.length === 0 ? {} : { ages: oldestFirst(ages, AGE_LIMIT) }),
			...(pools.length === 0 ? {} : { pool: sumOfPools(pools) }),
			...(views.length === 0 ? {} : { database: sumOfViews(views) }),
		};
	});
}

function sumOfPools(pools: readonly PoolGauges[]): PoolGauges {
	return {
		total: total(pools, (pool) => pool.total),
		idle: total(pools, (pool) => pool.idle),
		waiting: total(pools, (pool) => pool.waiting),
		max: total(pools, (pool) => pool.max),
	};
}

function sumOfViews(views: readonly DatabaseView[]): DatabaseView {
	const open = views.flatMap(({ oldestTransaction }) => oldestTransaction ?? []);
	return {
		active: total(views, (view) => view.active),
		idle: total(views, (view) => view.idle),
		idleInTransaction: total(views, (view) => view.idleInTransaction),
		other: total(views, (view) => view.other),
		oldestTransaction: highest(open),
	};
}

function sumOfClients(all: readonly ClientsSample[]): ClientsSample {
	return { live: total(all, ({ live }) => live), created: total(all, ({ created }) => created) };
}

function sumOfQueries(all: readonly QueriesSample[]): QueriesSample {
	const errors = new Map<string, number>();
	for (const { code, count } of all.flatMap((one) => one.errors)) errors.set(code, count + (errors.get(code) ?? 0));
	return {
		count: total(all, ({ count }) => count),
		perSecond: total(all, ({ perSecond }) => perSecond),
		duration: durationsOver(all, ({ count, duration }) => ({ count, duration })),
		statements: total(all, ({ statements }) => statements),
		statementDuration: durationsOver(all, ({ statements, statementDuration }) => ({ count: statements, duration: statementDuration })),
		slowCount: total(all, ({ slowCount }) => slowCount),
		slow: [...all.flatMap(({ slow }) => slow)].sort((a, b) => b.duration - a.duration).slice(0, SLOW_LIMIT),
		errors: [...errors].map(([code, count]) => ({ code, count })).slice(0, ERROR_LIMIT),
	};
}

function sumOfTransactions(all: readonly TransactionsSample[]): TransactionsSample {
	return {
		open: total(all, ({ open }) => open),
		ages: oldestFirst(
			all.flatMap(({ ages }) => ages),
			OPEN_LIMIT,
		),
		ended: total(all, ({ ended }) => ended),
		duration: durationsOver(all, ({ ended, duration }) => ({ count: ended, duration })),
	};
}

interface Counted {
	readonly count: number;
	readonly duration: DurationsSample | null;
}

/** The average over all that `read` tells of, and the worst of the rest: no percentile of all is above the highest of the parts'. */
function durationsOver<T>(all: readonly T[], read: (one: T) => Counted): DurationsSample | null {
	const parts = all.map(read).flatMap(({ count, duration }) => (duration === null ? [] : { count, duration }));
	const worst = worstDurations(parts.map(({ duration }) => duration));
	const count = total(parts, (part) => part.count);
	return worst === null || count === 0 ? worst : { ...worst, avg: total(parts, (part) => part.count * part.duration.avg) / count };
}

function worstLoop(all: readonly EventLoopSample[]): EventLoopSample {
	return {
		delay: worstDurations(all.flatMap(({ delay }) => delay ?? [])),
		utilization: highest(all.flatMap(({ utilization }) => utilization ?? [])),
	};
}

function worstDurations(all: readonly DurationsSample[]): DurationsSample | null {
	if (all.length === 0) return null;
	const worst = (key: keyof DurationsSample) => Math.max(...all.map((durations) => durations[key]));
	return { avg: worst("avg"), p50: worst("p50"), p95: worst("p95"), p99: worst("p99"), max: worst("max") };
}

/** Null when nothing is known. */
function highest(values: readonly number[]): number | null {
	return values.length === 0 ? null : Math.max(...values);
}

/** Null unless every sample has it. */
function inEach<T>(samples: readonly Sample[], get: (sample: Sample) => T | undefined): readonly T[] | null {
	const found = samples.flatMap((sample) => get(sample) ?? []);
	return found.length === samples.length ? found : null;
}

function oldestFirst(ages: readonly number[], limit: number): readonly number[] {
	return [...ages].sort((a, b) => b - a).slice(0, limit);
}

function total<T>(all: readonly T[], get: (one: T) => number): number {
	return all.reduce((sum, one) => sum + get(one), 0);
}

/** Null when one of them does not know. */
function totalOrNull<T>(all: readonly T[], get: (one: T) => number | null): number | null {
	return all.reduce<number | null>((sum, one) => {
		const value = get(one);
		return sum === null || value === null ? null : sum + value;
	}, 0);
}
