/** What the monitor makes of the samples: alerts and trends. */
import { ratePerMinute } from "./figures.js";
import { type Guard, isAmount, isListOf, isLiteral, isNullOr, isNumber, isOneOf, isOptional, isShape, isText } from "./guard.js";
import { isMessage } from "./session-guard.js";

/** What is looked at for a trend: native memory, `external`, and what is left of the heap after each full garbage collection. */
export type TrendMeasure = "native" | "external" | "heap";

/** Bytes per minute: the estimate, and the bounds of its 95 % confidence interval. */
export interface Rate {
	readonly perMinute: number;
	readonly low: number;
	readonly high: number;
}

export interface Trend {
	readonly measure: TrendMeasure;
	/** `early`: warming up, or watched for too short a time to tell. `rising`: it grows steadily and nothing is given back. */
	readonly kind: "early" | "steady" | "rising";
	/** Of a trend that rises. */
	readonly rate: Rate | null;
	/** Where the growth that was found begins; the latest sample otherwise. */
	readonly since: number;
}

/** What an alert is about: a limit that is passed, or a trend that rises. */
export type AlertSubject = "external" | "outsideHeap" | "connections" | "query" | "transaction" | "slowQuery" | `trend-${TrendMeasure}`;

export interface Alert {
	readonly subject: AlertSubject;
	/** Time of the first sample that was over. */
	readonly since: number;
	/** What was measured against which limit, in one sentence. */
	readonly message: string;
	/** The likely cause, in one or two sentences. */
	readonly cause: string;
	/** Ids of the rules whose findings would explain it, the likeliest first. */
	readonly rules: readonly string[];
	/** The place in the sources that explains it, where the analysis knows one. */
	readonly finding?: ExplainingFinding;
}

export interface ExplainingFinding {
	readonly rule: string;
	/** Relative to the workspace's root, with `/`. */
	readonly file: string;
	/** From 1. */
	readonly line: number;
	readonly message: string;
}

export interface Judgement {
	/** Alerts that stand. */
	readonly alerts: readonly Alert[];
	readonly trends: readonly Trend[];
	/** Whether the process has warmed up; before that there is no level to compare with. */
	readonly warm: boolean;
}

/** Alerts that are told together. */
export const ALERT_LIMIT = 20;

/** Nothing judged yet. */
export const NO_JUDGEMENT: Judgement = { alerts: [], trends: [], warm: false };

const TREND_NAMES: Readonly<Record<TrendMeasure, string>> = {
	native: "native memory",
	external: "external",
	heap: "heap after garbage collection",
};

/** "Leak suspected: native memory +3.2 MB/min (2.9 to 3.6)"; null for a trend that does not rise. */
export function trendText({ measure, rate }: Trend): string | null {
	if (rate === null) return null;
	return `Leak suspected: ${TREND_NAMES[measure]} ${ratePerMinute(rate.perMinute, rate.low, rate.high)}`;
}

const isTrend: Guard<Trend> = isShape<Trend>({
	measure: isOneOf(isLiteral("native"), isLiteral("external"), isLiteral("heap")),
	kind: isOneOf(isLiteral("early"), isLiteral("steady"), isLiteral("rising")),
	rate: isNullOr(isShape<Rate>({ perMinute: isNumber, low: isNumber, high: isNumber })),
	since: isAmount,
});

export const isAlertSubject: Guard<AlertSubject> = isOneOf(
	isLiteral("external"),
	isLiteral("outsideHeap"),
	isLiteral("connections"),
	isLiteral("query"),
	isLiteral("transaction"),
	isLiteral("slowQuery"),
	isLiteral("trend-native"),
	isLiteral("trend-external"),
	isLiteral("trend-heap"),
);

const isAlert: Guard<Alert> = isShape<Alert>({
	subject: isAlertSubject,
	since: isAmount,
	message: isMessage,
	cause: isMessage,
	rules: isListOf(isText(100), 20),
	finding: isOptional(isShape<ExplainingFinding>({ rule: isText(100), file: isText(4_096), line: isAmount, message: isMessage })),
});

export const isJudgement: Guard<Judgement> = isShape<Judgement>({
	alerts: isListOf(isAlert, ALERT_LIMIT),
	trends: isListOf(isTrend, 3),
	warm: (value): value is boolean => typeof value === "boolean",
});
