import {
	type BaselineRun,
	type Comparison,
	type Judgement,
	type LevelState,
	type Mark,
	type MemoryCost,
	type NativeMemoryOutcome,
	NO_JUDGEMENT,
	NOTHING_WATCHED,
	type Sample,
	SampleHistory,
	type ShownSite,
	type ShownState,
	type Thresholds,
	type ToDashboard,
	type Watched,
} from "../src/protocol/index.js";
import { overlayRows, sampleBeside } from "./overlay.js";
import { type Row, Rows } from "./rows.js";
import { followingSpan, panned, type Span, type WINDOWS, wholeSpan, windowAt, zoomed } from "./span.js";

/** What the reader chose; survives hiding and showing the panel. */
export interface Choices {
	readonly minutes: (typeof WINDOWS)[number];
	/** Ids of series the reader switched on or off, against their default. */
	readonly switched: readonly string[];
	/** What the view stands still at, paused, zoomed or moved; null when it follows. */
	readonly standing: Span | null;
}

export const DEFAULT_CHOICES: Choices = { minutes: 5, switched: [], standing: null };

/** One look at the session: all panels are drawn from the same one. */
export interface View extends Span {
	readonly state: ShownState;
	readonly thresholds: Thresholds;
	readonly judgement: Judgement;
	readonly choices: Choices;
	readonly levels: readonly LevelState[];
	readonly marks: readonly Mark[];
	readonly sites: readonly ShownSite[];
	/** What clients and connections cost by the cost model; null where nothing is known. */
	readonly cost: MemoryCost | null;
	/** What came of reading native memory last; null before. */
	readonly nativeMemory: NativeMemoryOutcome | null;
	/** Which processes there are to be shown. */
	readonly watched: Watched;
	readonly rows: readonly Row[];
	/** The last sample in view. */
	readonly shown: Sample | null;
	/** What the figures' changes are counted from. */
	readonly baseline: Sample | null;
	/** What is compared with; null when nothing is. */
	readonly run: BaselineRun | null;
	readonly comparison: Comparison | null;
	/** The run's rows, at the times that they are drawn at. */
	readonly overlay: readonly Row[];
	/** The run's sample beside the one that is read. */
	readonly beside: Sample | null;
	/** Samples since the last clear. */
	readonly received: number;
	/** Milliseconds between the view's end and the latest sample; 0 when it follows. */
	readonly behind: number;
	/** The sample under the crosshair. */
	readonly crosshair: Sample | null;
}

/** What charts are drawn from: stays the same until they have to be drawn anew. */
type Drawn = Pick<View, "from" | "to" | "rows" | "shown" | "overlay">;

type Listener = () => void;

/** Share of a view that it moves by at least: about a pixel. */
const LEAST_MOVE = 1 / 600;

const NONE = Number.POSITIVE_INFINITY;
/** Until a restore says what figures are measured against. */
const UNLIMITED: Thresholds = {
	limits: { external: NONE, outsideHeapGrowth: NONE, connections: NONE, query: NONE, transaction: NONE, slowQuery: NONE },
	targets: { external: NONE, connections: NONE, query: NONE, transaction: NONE },
};

export class DashboardStore {
	#state: ShownState = { kind: "idle" };
	#history = new SampleHistory();
	#thresholds = UNLIMITED;
	#judgement = NO_JUDGEMENT;
	#levels: readonly LevelState[] = [];
	#marks: readonly Mark[] = [];
	#sites: readonly ShownSite[] = [];
	#cost: MemoryCost | null = null;
	#nativeMemory: NativeMemoryOutcome | null = null;
	#watched = NOTHING_WATCHED;
	#run: BaselineRun | null = null;
	#comparison: Comparison | null = null;
	#choices: Choices;
	#crosshair: Sample | null = null;
	readonly #rows = new Rows();
	#drawn: Drawn | null = null;
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
				this.#levels = message.levels;
				this.#marks = message.marks;
				this.#sites = message.sites;
				this.#nativeMemory = null;
				this.#run = message.baseline;
				this.#comparison = message.comparison;
				this.#crosshair = null;
				this.#drawn = null;
				this.#resumeWhenOutside();
				break;
			case "state":
				this.#state = message.state;
				break;
			case "sample":
				this.#history.push(message.sample, message.afterGap);
				if (this.#hasMoved(message.sample.t)) this.#drawn = null;
				break;
			case "judgement":
				this.#judgement = message.judgement;
				break;
			case "baseline":
				if (message.since !== null) this.#history.setBaseline(message.since);
				this.#run = message.run;
				this.#comparison = null;
				this.#drawn = null;
				break;
			case "comparison":
				if (message.comparison?.after?.from !== this.#comparison?.after?.from) this.#drawn = null;
				this.#comparison = message.comparison;
				break;
			case "levels":
				this.#levels = message.levels;
				break;
			case "marks":
				this.#marks = message.marks;
				break;
			case "sites":
				this.#sites = message.sites;
				break;
			case "cost":
				this.#cost = message.cost;
				break;
			case "nativeMemory":
				this.#nativeMemory = message.outcome;
				break;
			case "watched":
				this.#watched = message.watched;
				break;
		}
		this.#changed();
	}

	setWindow(minutes: Choices["minutes"]): void {
		const standing = this.#state.kind === "replay" ? windowAt(this.#span(), minutes, this.#recorded()) : null;
		this.#choose({ minutes, standing });
	}

	/** Switches a series on or off. */
	toggle(id: string): void {
		const { switched } = this.#choices;
		this.#choose({ switched: switched.includes(id) ? switched.filter((one) => one !== id) : [...switched, id] });
	}

	togglePause(): void {
		if (this.#choices.standing !== null) this.follow();
		else if (this.#history.latest !== undefined) this.#stand(this.#span());
	}

	/** The view follows the latest sample again, over the chosen window; of a recording it shows all. */
	follow(): void {
		this.#choose({ standing: null });
	}

	/** Shows less (`factor` below 1) or more around a time. */
	zoom(at: number, factor: number): void {
		this.#stand(zoomed(this.#span(), at, factor, this.#recorded()));
	}

	/** Moves the view, by a share of what it shows. */
	pan(share: number): void {
		const span = this.#span();
		this.#stand(panned(span, share * (span.to - span.from), this.#recorded()));
	}

	/** Brings a time into view, in the middle where it is not in view yet. */
	showTime(t: number): void {
		const { from, to } = this.#span();
		if (t < from || t > to) this.#stand(panned({ from, to }, t - (from + to) / 2, this.#recorded()));
	}

	setCrosshair(sample: Sample | null): void {
		if (this.#crosshair === sample) return;
		this.#crosshair = sample;
		this.#changed();
	}

	view(): View {
		this.#drawn ??= this.#draw();
		const latest = this.#history.latest ?? null;
		const follows = this.#choices.standing === null;
		const shown = follows ? latest : this.#drawn.shown;
		const read = this.#crosshair ?? shown;
		return {
			...this.#drawn,
			shown,
			state: this.#state,
			thresholds: this.#thresholds,
			judgement: this.#judgement,
			choices: this.#choices,
			levels: this.#levels,
			marks: this.#marks,
			sites: this.#sites,
			cost: this.#cost,
			nativeMemory: this.#nativeMemory,
			watched: this.#watched,
			baseline: this.#history.baseline,
			run: this.#run,
			comparison: this.#comparison,
			beside: read === null ? null : sampleBeside(this.#drawn.overlay, read.t, this.#drawn),
			received: this.#history.received,
			behind: follows || latest === null ? 0 : latest.t - this.#drawn.to,
			crosshair: this.#crosshair,
		};
	}

	/** Whether a view that follows has moved far enough for it to be seen: over a day in view, that takes minutes. */
	#hasMoved(latest: number): boolean {
		const drawn = this.#drawn;
		if (drawn === null || this.#choices.standing !== null) return false;
		return latest <= drawn.to || latest - drawn.to >= (drawn.to - drawn.from) * LEAST_MOVE;
	}

	/** A sample that comes in while the view stands still, or a move of the crosshair, changes nothing here. */
	#draw(): Drawn {
		const { from, to } = this.#span();
		const samples = this.#history.between(from, to);
		const shown = samples.findLast((sample) => sample.t <= to) ?? null;
		const overlay = overlayRows(this.#run, this.#comparison, { from, to });
		return { from, to, rows: this.#rows.of(samples, this.#history.breaks, to - from), shown, overlay };
	}

	#span(): Span {
		const { standing, minutes } = this.#choices;
		if (standing !== null) return standing;
		return this.#state.kind === "replay" ? wholeSpan(this.#recorded()) : followingSpan(this.#recorded(), minutes);
	}

	/** From the first to the latest sample. */
	#recorded(): Span {
		const to = this.#history.latest?.t ?? 0;
		return { from: this.#history.first?.t ?? to, to };
	}

	#stand(standing: Span): void {
		this.#choose({ standing });
	}

	#choose(change: Partial<Choices>): void {
		this.#choices = { ...this.#choices, ...change };
		this.#drawn = null;
		this.#changed();
	}

	#resumeWhenOutside(): void {
		const { standing } = this.#choices;
		const { from, to } = this.#recorded();
		if (standing !== null && (standing.to < from || standing.to > to)) this.#choices = { ...this.#choices, standing: null };
	}

	#changed(): void {
		for (const listener of this.#listeners) listener();
	}
}
