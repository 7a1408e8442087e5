import { type Alert, type AlertSubject, bytes, count, type Limits, milliseconds, type Trend, trendText } from "../protocol/index.js";
import { type Circumstances, causeOf } from "./causes.js";
import { type Delays, Hysteresis } from "./hysteresis.js";
import type { Measurements } from "./measurements.js";

/** A figure of this moment, or one that is an average or a trend already. */
const OF_A_MOMENT: Delays = { raise: 3_000, clear: 10_000 };
const OF_A_TREND: Delays = { raise: 20_000, clear: 60_000 };
/** Once is enough to be told of, and the next ones are not news. */
const OF_AN_EVENT: Delays = { raise: 0, clear: 60_000 };

interface Subject {
	readonly delays: Delays;
	readonly limit: keyof Limits;
	message(value: number, limit: number): string;
}

const SUBJECTS: Readonly<Record<keyof Measurements, Subject>> = {
	external: {
		delays: OF_A_MOMENT,
		limit: "external",
		message: (value, limit) => `external is ${bytes(value)}, over its limit of ${bytes(limit)}.`,
	},
	outsideHeap: {
		delays: OF_A_MOMENT,
		limit: "outsideHeapGrowth",
		message: (value, limit) => `Memory outside the heap is ${bytes(value)} over its level after warm-up; the limit is ${bytes(limit)}.`,
	},
	connections: {
		delays: OF_A_MOMENT,
		limit: "connections",
		message: (value, limit) => `${count(value)} database connections are open; the limit is ${count(limit)}.`,
	},
	query: {
		delays: OF_A_MOMENT,
		limit: "query",
		message: (value, limit) => `A query takes ${milliseconds(value)} on average; the limit is ${milliseconds(limit)}.`,
	},
	transaction: {
		delays: OF_A_MOMENT,
		limit: "transaction",
		message: (value, limit) => `A transaction takes ${milliseconds(value)}; the limit is ${milliseconds(limit)}.`,
	},
	slowQuery: {
		delays: OF_AN_EVENT,
		limit: "slowQuery",
		message: (value, limit) => `A query took ${milliseconds(value)}; from ${milliseconds(limit)} on it counts as slow.`,
	},
};

const MEASURED = ["external", "outsideHeap", "connections", "query", "transaction", "slowQuery"] as const;

/** Raises an alert once when a limit is passed or a trend rises, and keeps it until that is over. */
export class Alerts {
	private readonly edges = new Map<AlertSubject, Hysteresis>();
	private active: readonly Alert[] = [];

	constructor(private readonly limits: Limits) {}

	/** Alerts that stand, the oldest first. The list stays the same one until it changes. */
	get standing(): readonly Alert[] {
		return this.active;
	}

	/** @returns the alerts that are new with this sample */
	next(measured: Measurements, trends: readonly Trend[], circumstances: Circumstances): readonly Alert[] {
		const { t } = circumstances.sample;
		const overLimits = MEASURED.map((name) => {
			const { delays, limit, message } = SUBJECTS[name];
			const value = measured[name];
			const since = this.edge(name, delays).next(t, value, this.limits[limit]);
			return this.settle(name, since, () => message(value ?? 0, this.limits[limit]), circumstances);
		});
		const rising = trends.map((trend) => {
			const subject = `trend-${trend.measure}` as const;
			const since = this.edge(subject, OF_A_TREND).next(t, trend.kind === "rising" ? 1 : 0, 0.5);
			return this.settle(subject, since, () => `${trendText(trend)}.`, circumstances);
		});
		return [...overLimits, ...rising].filter((alert) => alert !== null);
	}

	private edge(subject: AlertSubject, delays: Delays): Hysteresis {
		const known = this.edges.get(subject) ?? new Hysteresis(delays);
		this.edges.set(subject, known);
		return known;
	}

	/** @returns the alert when it is new */
	private settle(subject: AlertSubject, since: number | null, message: () => string, circumstances: Circumstances): Alert | null {
		const stands = this.active.some((alert) => alert.subject === subject);
		if (since === null) {
			if (stands) this.active = this.active.filter((alert) => alert.subject !== subject);
			return null;
		}
		if (stands) return null;
		const { text, rules } = causeOf(subject, circumstances);
		const alert: Alert = { subject, since, message: message(), cause: text, rules };
		this.active = [...this.active, alert];
		return alert;
	}
}
