import {
	type Judgement,
	NO_JUDGEMENT,
	type Sample,
	SampleHistory,
	type SessionState,
	type Thresholds,
	type ToDashboard,
} from "../src/protocol/index.js";
import { type Row, rowsOf } from "./rows.js";

/** Spans a view can have, in minutes. */
export const WINDOWS = [1, 5, 15, 60] as const;
const MINUTE = 60_000;
/** A young session is drawn over a shorter span, in minutes, so that the chart is never more than half empty for long. */
const YOUNG_SPANS = [1, 2, 5, 10, 15, 30, 60] as const;

/** What the reader chose; survives hiding and showing the panel. */
export interface Choices {
	readonly minutes: (typeof WINDOWS)[number];
	/** Ids of series the reader switched on or off, against their default. */
	readonly switched: readonly string[];
	/** Time the view stands still at, or null when it follows. */
	readonly pausedAt: number | null;
}

export const DEFAULT_CHOICES: Choices = { minutes: 5, switched: [], pausedAt: null };

/** One look at the session: all panels are drawn from the same one. */
export interface View {
	readonly state: SessionState;
	readonly thresholds: Thresholds;
	readonly judgement: Judgement;
	readonly choices: Choices;
	readonly from: number;
	readonly to: number;
	readonly rows: readonly Row[];
	/** The last sample in view. */
	readonly shown: Sample | null;
	readonly baseline: Sample | null;
	/** Samples since the last clear. */
	readonly received: number;
	/** Milliseconds between the view's end and the latest sample; 0 when it follows. */
	readonly behind: number;
	/** The sample under the crosshair. */
	readonly crosshair: Sample | null;
}

type Listener = () => void;

const NONE = Number.POSITIVE_INFINITY;
/** Until a restore says what figures are measured against. */
const UNLIMITED: Thresholds = {
	limits: { external: NONE, outsideHeapGrowth: NONE, connections: NONE, query: NONE, transaction: NONE, slowQuery: NONE },
	targets: { external: NONE, connections: NONE, query: NONE, transaction: NONE },
};

export class DashboardStore {
	#state: SessionState = { kind: "idle" };
	#history = new SampleHistory();
	#thresholds = UNLIMITED;
	#judgement = NO_JUDGEMENT;
	#choices: Choices;
	#crosshair: Sample | null = null;
	#drawn: Pick<View, "from" | "to" | "rows" | "shown"> | null = null;
	#listeners = new Set<Listener>();

	constructor(choices: Choices) {
		this.#choices = choices;
	}

	get choices(): Choices {
		return this.#choices;
	}

	subscribe(listener: Listener): void {
		this.#listeners.add(listener);
	}

	apply(message: ToDashboard): void {
		switch (message.type) {
			case "restore":
				this.#state = message.state;
				this.#history = SampleHistory.restore(message.history);
				this.#thresholds = message.thresholds;
				this.#judgement = message.judgement;
				this.#crosshair = null;
				this.#drawn = null;
				this.#resumeWhenOutside();
				break;
			case "state":
				this.#state = message.state;
				break;
			case "sample":
				this.#history.push(message.sample, message.afterGap);
				if (this.#choices.pausedAt === null) this.#drawn = null;
				break;
			case "judgement":
				this.#judgement = message.judgement;
				break;
			case "baseline":
				this.#history.setBaseline(message.sample);
				break;
		}
		this.#changed();
	}

	setWindow(minutes: Choices["minutes"]): void {
		this.#choose({ minutes });
	}

	/** Switches a series on or off. */
	toggle(id: string): void {
		const { switched } = this.#choices;
		this.#choose({ switched: switched.includes(id) ? switched.filter((one) => one !== id) : [...switched, id] });
	}

	togglePause(): void {
		this.#choose({ pausedAt: this.#choices.pausedAt === null ? (this.#history.latest?.t ?? null) : null });
	}

	setCrosshair(sample: Sample | null): void {
		if (this.#crosshair === sample) return;
		this.#crosshair = sample;
		this.#changed();
	}

	view(): View {
		this.#drawn ??= this.#draw();
		return {
			...this.#drawn,
			state: this.#state,
			thresholds: this.#thresholds,
			judgement: this.#judgement,
			choices: this.#choices,
			baseline: this.#history.baseline,
			received: this.#history.received,
			behind: (this.#history.latest?.t ?? this.#drawn.to) - this.#drawn.to,
			crosshair: this.#crosshair,
		};
	}

	/** A sample that comes in while the view stands still, or a move of the crosshair, changes nothing here. */
	#draw(): Pick<View, "from" | "to" | "rows" | "shown"> {
		const to = this.#choices.pausedAt ?? this.#history.latest?.t ?? 0;
		const span = this.#span(to);
		const samples = this.#history.between(to - span, to).filter((sample) => sample.t <= to);
		return { from: to - span, to, rows: rowsOf(samples, this.#history.breaks, span), shown: samples.at(-1) ?? null };
	}

	#span(to: number): number {
		const chosen = this.#choices.minutes;
		const recorded = to - (this.#history.first?.t ?? to);
		return Math.min(chosen, YOUNG_SPANS.find((minutes) => minutes * MINUTE >= recorded) ?? chosen) * MINUTE;
	}

	#choose(change: Partial<Choices>): void {
		this.#choices = { ...this.#choices, ...change };
		this.#drawn = null;
		this.#changed();
	}

	#resumeWhenOutside(): void {
		const { pausedAt } = this.#choices;
		const latest = this.#history.latest;
		if (pausedAt === null) return;
		const first = this.#history.between(pausedAt, pausedAt)[0];
		if (latest === undefined || first === undefined || first.t > pausedAt || latest.t < pausedAt)
			this.#choices = { ...this.#choices, pausedAt: null };
	}

	#changed(): void {
		for (const listener of this.#listeners) listener();
	}
}
