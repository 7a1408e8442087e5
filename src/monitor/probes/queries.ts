import type { ErrorCount, QueriesSample, Sample } from "../../protocol/index.js";
import type { TraceReading } from "../agent/trace.js";
import { DurationsProbe } from "./durations.js";

/** What Prisma did between two readings, from totals that only grow. */
export class QueriesProbe {
	private readonly operations = new DurationsProbe();
	private readonly statements = new DurationsProbe();
	private readonly transactions = new DurationsProbe();
	private errors: ReadonlyMap<string, number> = new Map();
	private lastSlow = 0;

	/** `seconds` since the reading before. */
	next(reading: TraceReading, seconds: number): Required<Pick<Sample, "queries" | "transactions">> {
		const operations = this.operations.next(reading.operations);
		const statements = this.statements.next(reading.statements);
		const transactions = this.transactions.next(reading.transactions);
		return {
			queries: {
				count: operations.count,
				perSecond: seconds > 0 ? operations.count / seconds : 0,
				duration: operations.durations,
				statements: statements.count,
				statementDuration: statements.durations,
				...this.nextSlow(reading),
				errors: this.nextErrors(reading),
			},
			transactions: { open: reading.open, ages: reading.ages, ended: transactions.count, duration: transactions.durations },
		};
	}

	private nextSlow({ slow, slowCount }: TraceReading): Pick<QueriesSample, "slow" | "slowCount"> {
		const last = Math.min(this.lastSlow, slowCount);
		this.lastSlow = slowCount;
		const added = slow.filter(({ number }) => number > last);
		return {
			slowCount: slowCount - last,
			slow: added
				.sort((a, b) => b.duration - a.duration)
				.map(({ model, method, duration, endedAt }) => ({ model, method, duration, endedAt })),
		};
	}

	private nextErrors({ errors }: TraceReading): readonly ErrorCount[] {
		const last = this.errors;
		this.errors = new Map(errors.map(({ code, count }) => [code, count]));
		return errors
			.map(({ code, count }) => ({ code, count: Math.max(0, count - (last.get(code) ?? 0)) }))
			.filter(({ count }) => count > 0)
			.sort((a, b) => b.count - a.count);
	}
}
