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
		if (this.process?.pid !== sample.pid) this.process = new ProcessJudge(sample.pid, this.thresholds);
		return this.process.next(sample);
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

	next(sample: Sample): readonly Alert[] {
		this.warmUp.next(sample);
		const { level } = this.warmUp;
		const collected = this.collections.next(sample);
		if (level === null) this.begin(sample);
		else {
			this.warmSample ??= sample;
			this.watches.native.next({ t: sample.t, y: sample.memory.native });
			this.watches.external.next({ t: sample.t, y: sample.memory.external });
			if (collected !== null) this.watches.heap.next(collected);
		}
		if (sample.t - this.trendsAt >= TREND_EVERY_MS) this.look(sample.t);
		const measured = this.measuring.next(sample, level?.outsideHeap ?? null);
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
