/** A run that was measured laid beside the one that is shown. */
import type { Unit } from "./figures.js";
import { type Guard, isAmount, isListOf, isLiteral, isNullOr, isNumber, isOneOf, isShape, isText } from "./guard.js";
import { RAW_LIMIT } from "./history.js";
import type { Spread } from "./rise-each.js";
import { isSample, type Sample } from "./sample.js";
import { isMessage, MAX_TITLE } from "./session-guard.js";

/** The process that a comparison is with: of a recording, or of what was measured up to a moment. */
export interface BaselineRun {
	/** What was watched. */
	readonly name: string;
	/** 0 for the sum of several processes. */
	readonly pid: number;
	/** Of its first and last sample, in milliseconds since the epoch. */
	readonly from: number;
	readonly to: number;
	/** For the charts: a long run is thinned to its extremes. */
	readonly samples: readonly Sample[];
	/** Times of samples that follow a gap. */
	readonly breaks: readonly number[];
	/** Where its recording could not be read any further, in words for people; null when all of it was read. */
	readonly damage: string | null;
}

/** Whether a difference is more than what either run varied by itself; `few`: a run is too short to tell. */
export type ChangeWeight = "beyond" | "within" | "few";

export interface ComparedFigure {
	readonly name: string;
	readonly unit: Unit;
	readonly before: Spread;
	readonly after: Spread;
	readonly weight: ChangeWeight;
}

/** What has become of the baseline's figures. */
export interface Comparison {
	/** The run that is compared: the latest process shown, since the baseline where that is of the same session. Null before its first sample. */
	readonly after: Pick<BaselineRun, "pid" | "from" | "to"> | null;
	readonly figures: readonly ComparedFigure[];
	/** Names of what only one of the runs measured. */
	readonly oneSided: readonly string[];
}

/** Longest name of a figure. */
const MAX_NAME = 100;
const MOST_FIGURES = 50;

const isSpread: Guard<Spread> = isShape<Spread>({ value: isNumber, low: isNumber, high: isNumber });

export const isBaselineRun: Guard<BaselineRun> = isShape<BaselineRun>({
	name: isText(MAX_TITLE),
	pid: isAmount,
	from: isAmount,
	to: isAmount,
	samples: isListOf(isSample, RAW_LIMIT),
	breaks: isListOf(isAmount, RAW_LIMIT),
	damage: isNullOr(isMessage),
});

const isComparedFigure: Guard<ComparedFigure> = isShape<ComparedFigure>({
	name: isText(MAX_NAME),
	unit: isOneOf(isLiteral("bytes"), isLiteral("count"), isLiteral("milliseconds")),
	before: isSpread,
	after: isSpread,
	weight: isOneOf(isLiteral("beyond"), isLiteral("within"), isLiteral("few")),
});

export const isComparison: Guard<Comparison> = isShape<Comparison>({
	after: isNullOr(isShape<NonNullable<Comparison["after"]>>({ pid: isAmount, from: isAmount, to: isAmount })),
	figures: isListOf(isComparedFigure, MOST_FIGURES),
	oneSided: isListOf(isText(MAX_NAME), MOST_FIGURES),
});
