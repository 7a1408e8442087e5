/** The leak report as data; `--format json` prints it, and its shape is versioned. Memory is in bytes, durations in milliseconds. */
import type { Alert, LoadResult, Severity, Trend, Unit } from "../../protocol/index.js";

/** A number that says where it comes from. `low` and `high` are the spread of what was measured, or the range of an estimate. */
export interface Figure {
	readonly value: number;
	readonly low: number;
	readonly high: number;
	readonly basis: "measured" | "estimated";
	/** In words for people. */
	readonly source: string;
}

export interface NamedFigure {
	readonly name: string;
	readonly unit: Unit;
	readonly figure: Figure;
	/** How many samples it is of. */
	readonly samples: number;
}

export interface Place {
	readonly file: string;
	readonly line: number;
	readonly severity: Severity;
	readonly message: string;
	readonly fix: PlaceFix;
}

/** Whether a fix repairs it; if not, why a person decides. */
export type PlaceFix =
	| { readonly kind: "available"; readonly id: string }
	| { readonly kind: "decision"; readonly reason: string }
	| { readonly kind: "none" };

/** Findings of one rule. */
export interface Cause {
	readonly rule: string;
	readonly title: string;
	/** One sentence: what the rule finds. */
	readonly finds: string;
	/** The gravest of its places. */
	readonly severity: Severity;
	readonly places: readonly Place[];
	/** What mending all of it would save, in bytes; null where nothing is known. */
	readonly saving: Figure | null;
}

/** What a recording says of one process. */
export interface Measured {
	readonly name: string;
	readonly pid: number;
	/** Milliseconds since the epoch. */
	readonly from: number;
	readonly to: number;
	readonly samples: number;
	/** Processes before this one in the recording, which the figures leave out. */
	readonly restarts: number;
	readonly damage: string | null;
	/** Levels of the recording's last third: the median, the lowest and the highest. */
	readonly levels: readonly NamedFigure[];
	readonly alerts: readonly Alert[];
	readonly trends: readonly Trend[];
	/** A few hundred moments, for a chart. */
	readonly series: readonly Moment[];
}

export interface Moment {
	readonly t: number;
	readonly rss: number;
	readonly heapUsed: number;
	readonly heapFree: number;
	readonly external: number;
	readonly native: number;
	readonly connections: number;
}

/** One figure before and after the repair. */
export interface Change {
	readonly name: string;
	readonly unit: Unit;
	readonly before: Figure;
	readonly after: Figure;
	/** Samples of the run that has fewer. */
	readonly samples: number;
}

/** Findings of one rule that are mended. */
export interface Applied {
	readonly rule: string;
	readonly title: string;
	readonly places: readonly { readonly file: string; readonly line: number }[];
	/** In bytes; null where nothing is known. */
	readonly saving: Figure | null;
}

export interface Advice {
	readonly setting: string;
	readonly value: number;
	readonly unit: Unit;
	readonly why: string;
}

export interface Threshold {
	readonly name: string;
	readonly unit: Unit;
	/** Where a healthy process stays; null where only the limit counts. */
	readonly target: number | null;
	/** Over it is an alert. */
	readonly limit: number;
}

export interface Verification {
	readonly what: string;
	readonly command: string;
}

export interface LeakReport {
	readonly version: 1;
	/** Of the folder. */
	readonly name: string;
	readonly madeAt: number;
	readonly profile: string;
	readonly conclusion: readonly [verdict: string, measured: string, next: string];
	readonly overview: {
		readonly files: number;
		readonly packages: number;
		readonly prisma: readonly string[];
		readonly suppressed: number;
		readonly severities: Readonly<Record<Severity, number>>;
	};
	readonly causes: readonly Cause[];
	/** The process as it is; null without a recording. */
	readonly measured: Measured | null;
	/** The process as it was; null without a baseline. */
	readonly baseline: Measured | null;
	/** What the process had to serve while it was recorded; null when that is not known. */
	readonly load: LoadResult | null;
	readonly applied: readonly Applied[];
	readonly impact: readonly Change[];
	/** Measured rss that each client that is gone took, in bytes; null where it cannot be told. */
	readonly perClient: Figure | null;
	readonly advice: readonly Advice[];
	readonly thresholds: readonly Threshold[];
	readonly verification: readonly Verification[];
}
