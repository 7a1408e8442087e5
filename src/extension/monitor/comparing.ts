import type { Comparison, Sample, SampleHistory, Spread } from "../../protocol/index.js";
import { impactOf, levelsOf, weightOf } from "../../report/index.js";
import { type Baseline, lastProcess } from "./baseline.js";

/** How often the figures are worked out again, by the samples' clock: they are medians, which change slowly. */
const EVERY_MS = 5_000;

/** Lays what is shown beside a baseline. */
export class Comparing {
	readonly #baseline: Baseline;
	readonly #shown: { readonly history: SampleHistory };
	/** What is compared begins here, in milliseconds since the epoch. */
	readonly #since: number;
	#after: Comparison["after"] = null;

	constructor(baseline: Baseline, shown: { readonly history: SampleHistory }, since: number) {
		this.#baseline = baseline;
		this.#shown = shown;
		this.#since = since;
	}

	/** Whether `sample`, the latest that is shown, is worth working the figures out again. */
	isDue({ t, pid }: Sample): boolean {
		const after = this.#after;
		return after === null || after.pid !== pid || t - after.to >= EVERY_MS || t < after.to;
	}

	comparison(): Comparison {
		const samples = lastProcess(this.#shown.history, this.#since, Number.POSITIVE_INFINITY);
		this.#after = this.#runOf(samples);
		const before = this.#baseline.levels;
		const after = levelsOf(samples, "what is shown");
		const changes = impactOf(before, after);
		const named = new Set(changes.map(({ name }) => name));
		return {
			after: this.#after,
			figures: changes.map((change) => ({
				name: change.name,
				unit: change.unit,
				before: spreadOf(change.before),
				after: spreadOf(change.after),
				weight: weightOf(change),
			})),
			oneSided: samples.length === 0 ? [] : [...before, ...after].flatMap(({ name }) => (named.has(name) ? [] : [name])),
		};
	}

	/** A process keeps its start when a history that is full forgets it. */
	#runOf(samples: readonly Sample[]): Comparison["after"] {
		const [first, last] = [samples[0], samples.at(-1)];
		if (first === undefined || last === undefined) return null;
		const { pid } = last;
		return { pid, from: this.#after?.pid === pid ? Math.min(this.#after.from, first.t) : first.t, to: last.t };
	}
}

function spreadOf({ value, low, high }: Spread): Spread {
	return { value, low, high };
}
