import {
	type Alert,
	type Judgement,
	NO_JUDGEMENT,
	type Sample,
	type Thresholds,
	type Trend,
	type TrendMeasure,
} from "../protocol/index.js";
import { Alerts } from "./alerts.js";
import { FullCollections } from "./full-collections.js";
import { Measuring } from "./measurements.js";
import { TrendWatch } from "./trend.js";
import { WarmUp } from "./warm-up.js";

/** Trends change slowly and cost a few milliseconds to work out. */
const TREND_EVERY_MS = 10_000;
/** A day that is read back must not take minutes: what rose for so long in the past is known without a look at every moment. */
const PAST_TREND_EVERY_MS = 600_000;
/** A full garbage collection may come once a minute. */
const FEWEST_COLLECTIONS = 5;

/** Judges a stream of samples. Another pid is another process: everything begins anew. */
export class Judge {
	private process: ProcessJudge | null = null;

	constructor(private readonly thresholds: Thresholds) {}

	/** Stays the same object until something in it changes. */
	get judgement(): Judgement {
		return this.process?.judgement ?? NO_JUDGEMENT;
	}

	/** @returns the alerts that are new with this sample */
	next(sample: Sample): readonly Alert[] {
		return this.judgeOf(sample).next(sample, TREND_EVERY_MS);
	}

	/**
	 * Takes in a sample of the past, so that the samples to come are judged as if this one had just been seen. Cheaper than `next`.
	 * @returns the alerts that were new with it
	 */
	recall(sample: Sample): readonly Alert[] {
		return this.judgeOf(sample).next(sample, PAST_TREND_EVERY_MS);
	}

	private judgeOf({ pid }: Sample): ProcessJudge {
		if (this.process?.pid !== pid) this.process = new ProcessJudge(pid, this.thresholds);
		return this.process;
	}
}

class ProcessJudge {
	private readonly warmUp = new WarmUp();
	private readonly measuring = new Measuring();
	private readonly collections = new FullCollections();
	private readonly alerts: Alerts;
	private watches = newWatches();
	private trends: readonly Trend[] = [];
	private trendsAt = 0;
	private warmSample: Sample | null = null;
	private told: Judgement = NO_JUDGEMENT;

	constructor(
		readonly pid: number,
		{ limits }: Thresholds,
	) {
		this.alerts = new Alerts(limits);
	}

	get judgement(): Judgement {
		const now: Judgement = { alerts: this.alerts.standing, trends: this.trends, warm: this.warmUp.level !== null };
		const { alerts, trends, warm } = this.told;
		if (alerts !== now.alerts || trends !== now.trends || warm !== now.warm) this.told = now;
		return this.told;
	}

	/** @param trendEveryMs how often trends are worked out, by the samples' clock */
	next(sample: Sample, trendEveryMs: number): readonly Alert[] {
		this.warmUp.next(sample);
		const { level } = this.warmUp;
		const collected = this.collections.next(sample);
		if (level === null) this.begin(sample);
		else {
			this.warmSample ??= sample;
			// What lies outside of the heaps of a process is not the doing of one of its threads.
			if (sample.worker === undefined) this.watches.native.next({ t: sample.t, y: sample.memory.native });
			this.watches.external.next({ t: sample.t, y: sample.memory.external });
			if (collected !== null) this.watches.heap.next(collected);
		}
		if (sample.t - this.trendsAt >= trendEveryMs) this.look(sample.t);
		const measured = this.measuring.next(sample, sample.worker === undefined ? (level?.outsideHeap ?? null) : null);
		return this.alerts.next(measured, this.trends, { sample, warm: this.warmSample });
	}

	/** Also after a first connection to a database: what came before it was no work. */
	private begin({ t }: Sample): void {
		this.watches = newWatches();
		this.warmSample = null;
		this.trendsAt = t - TREND_EVERY_MS;
	}

	private look(t: number): void {
		this.trendsAt = t;
		this.trends = Object.values(this.watches).map((watch) => watch.trend(t));
	}
}

function newWatches(): Readonly<Record<TrendMeasure, TrendWatch>> {
	return { native: new TrendWatch("native"), external: new TrendWatch("external"), heap: new TrendWatch("heap", FEWEST_COLLECTIONS) };
}
