/** Prisma's own tracing hook, summed up inside the target: only counts, durations, models, methods and error codes leave it. */
import { ERROR_LIMIT, type Guard, isAmount, isListOf, isNullOr, isShape, isText, OPEN_LIMIT, SLOW_LIMIT } from "../../protocol/index.js";
import { isTotals, type Totals } from "./histogram.js";
import { inTarget, type Target } from "./in-target.js";

export const TRACE_PART = "trace";

/** Counts and durations grow for as long as the hook is set. */
export interface TraceReading {
	readonly operations: Totals;
	readonly statements: Totals;
	readonly transactions: Totals;
	readonly open: number;
	/** Milliseconds, oldest first. */
	readonly ages: readonly number[];
	readonly slowCount: number;
	/** The latest slow operations, numbered from 1. */
	readonly slow: readonly RawSlow[];
	readonly errors: readonly { readonly code: string; readonly count: number }[];
}

export interface RawSlow {
	readonly number: number;
	readonly model: string | null;
	readonly method: string;
	readonly duration: number;
	readonly endedAt: number;
}

/**
 * The expression that sets the hook, or joins the one that is set, with the limit of whoever set it.
 * @param slowMs operations that take longer are listed one by one, milliseconds
 */
export function startTrace(holder: string, slowMs: number): string {
	return inTarget(start, holder, TRACE_PART, { slowMs, slow: SLOW_LIMIT, errors: ERROR_LIMIT, open: OPEN_LIMIT });
}

interface Limits {
	readonly [name: string]: number;
	readonly slowMs: number;
	readonly slow: number;
	readonly errors: number;
	readonly open: number;
}

/**
 * Clients of version N read `VN_PRISMA_INSTRUMENTATION`, else `PRISMA_INSTRUMENTATION`, at every call, so clients that exist
 * are seen too. A helper that is there, or comes later, such as OpenTelemetry's, goes on as if we were not there.
 */
function start({ agent }: Target, holder: string, name: string, limits: Limits): void {
	interface Span {
		readonly name: string;
		readonly attributes?: { readonly model?: unknown; readonly method?: unknown };
	}
	interface Helper {
		isEnabled(): boolean;
		getTraceParent(context?: unknown): string;
		getActiveContext(): unknown;
		dispatchEngineSpans(spans: unknown, events: unknown, emit?: (event: unknown) => void): unknown;
		runInChildSpan(span: string | Span, work: (...args: unknown[]) => unknown): unknown;
	}
	interface Instrumentation {
		readonly helper?: Helper;
	}
	const common = "PRISMA_INSTRUMENTATION";
	const keys = [common, ...[4, 5, 6, 7, 8].map((version) => `V${version}_${common}`)];

	agent?.add(holder, name, () => {
		const operations = agent.histogram();
		const statements = agent.histogram();
		const transactions = agent.histogram();
		/** By when they began. */
		const open = new Map<object, number>();
		const slow: unknown[] = [];
		let slowCount = 0;
		const errors = new Map<string, number>();
		/** One error passes through several spans. */
		const known = new WeakSet<object>();

		const countError = (error: unknown): void => {
			if (typeof error === "object" && error !== null) {
				if (known.has(error)) return;
				known.add(error);
			}
			const field = (key: string) => (typeof error === "object" && error !== null ? Reflect.get(error, key) : undefined);
			const found = [field("code"), field("errorCode"), field("name")].find((value) => typeof value === "string" && value !== "");
			const code = String(found ?? "Error").slice(0, 100);
			const key = errors.has(code) || errors.size < limits.errors - 1 ? code : "other";
			errors.set(key, (errors.get(key) ?? 0) + 1);
		};
		const noteSlow = ({ attributes }: Span, duration: number): void => {
			if (duration <= limits.slowMs) return;
			const model = typeof attributes?.model === "string" ? attributes.model.slice(0, 200) : null;
			const method = typeof attributes?.method === "string" ? attributes.method.slice(0, 100) : "unknown";
			slow.push({ number: ++slowCount, model, method, duration, endedAt: Date.now() });
			if (slow.length > limits.slow) slow.shift();
		};
		const histogramOf = (span: Span) => {
			if (span.name === "operation") return operations;
			if (span.name === "transaction") return transactions;
			return span.name === "db_query" ? statements : null;
		};
		/** The work of a span that is neither counted nor looked at for errors is not touched. */
		const watch = (span: Span, work: () => unknown): unknown => {
			const histogram = histogramOf(span);
			const countsErrors = histogram === operations || histogram === transactions || span.name === "connect";
			if (!histogram && !countsErrors) return work();
			const begin = performance.now();
			const transaction = histogram === transactions ? {} : null;
			if (transaction) open.set(transaction, begin);
			const end = (failed: boolean, error?: unknown): void => {
				const duration = performance.now() - begin;
				if (transaction) open.delete(transaction);
				histogram?.record(duration);
				if (histogram === operations) noteSlow(span, duration);
				if (failed && countsErrors) countError(error);
			};
			let result: unknown;
			try {
				result = work();
			} catch (error) {
				end(true, error);
				throw error;
			}
			const then: unknown = typeof result === "object" && result !== null ? Reflect.get(result, "then") : undefined;
			if (typeof then !== "function") {
				end(false);
				return result;
			}
			return then.call(
				result,
				(value: unknown) => {
					end(false);
					return value;
				},
				(error: unknown) => {
					end(true, error);
					throw error;
				},
			);
		};
		/** Spans of the Rust engine come all at once, when they are over. Times are `[seconds, nanoseconds]`. */
		const countEngineSpans = (spans: unknown): void => {
			const at = (time: unknown) => (Array.isArray(time) ? Number(time[0]) * 1e3 + Number(time[1]) / 1e6 : Number.NaN);
			for (const span of Array.isArray(spans) ? spans : []) {
				const duration = at(span?.endTime) - at(span?.startTime);
				if (span?.name === "prisma:engine:db_query" && duration >= 0) statements.record(duration);
			}
		};

		const before = new Map(keys.map((key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)]));
		/** What each variable would hold without us. */
		const theirs = new Map<string, Instrumentation | undefined>(keys.map((key) => [key, Reflect.get(globalThis, key)]));
		const helperFor = (key: string): Helper => {
			const original = () => theirs.get(key)?.helper ?? theirs.get(common)?.helper;
			return {
				isEnabled: () => true,
				getTraceParent: (context) => original()?.getTraceParent(context) ?? "00-10-10-00",
				getActiveContext: () => original()?.getActiveContext(),
				dispatchEngineSpans(spans, events, emit) {
					countEngineSpans(spans);
					const helper = original();
					if (helper) return helper.dispatchEngineSpans(spans, events, emit);
					if (Array.isArray(events) && emit) for (const event of events) emit(event);
					return undefined;
				},
				runInChildSpan(span, work) {
					const helper = original();
					const described = typeof span === "string" ? { name: span } : span;
					return watch(described, helper ? () => helper.runInChildSpan(span, work) : work);
				},
			};
		};
		const ours = new Map(keys.map((key) => [key, { helper: helperFor(key) }]));
		for (const key of keys)
			Object.defineProperty(globalThis, key, {
				configurable: true,
				enumerable: before.get(key)?.enumerable ?? false,
				get: () => ours.get(key),
				set: (value) => theirs.set(key, value),
			});

		return {
			read() {
				const now = performance.now();
				const ages: number[] = [];
				for (const begin of open.values()) {
					if (ages.length >= limits.open) break;
					ages.push(now - begin);
				}
				return {
					operations: operations.read(),
					statements: statements.read(),
					transactions: transactions.read(),
					open: open.size,
					ages,
					slowCount,
					slow,
					errors: [...errors].map(([code, count]) => ({ code, count })),
				};
			},
			remove() {
				for (const key of keys) {
					Reflect.deleteProperty(globalThis, key);
					const value = theirs.get(key);
					const descriptor = before.get(key);
					if (descriptor?.get) Object.defineProperty(globalThis, key, descriptor);
					else if (value !== undefined)
						Object.defineProperty(globalThis, key, { configurable: true, enumerable: true, writable: true, ...descriptor, value });
				}
			},
		};
	});
}

export const isTraceReading: Guard<TraceReading> = isShape<TraceReading>({
	operations: isTotals,
	statements: isTotals,
	transactions: isTotals,
	open: isAmount,
	ages: isListOf(isAmount, OPEN_LIMIT),
	slowCount: isAmount,
	slow: isListOf(
		isShape<RawSlow>({ number: isAmount, model: isNullOr(isText(200)), method: isText(100), duration: isAmount, endedAt: isAmount }),
		SLOW_LIMIT,
	),
	errors: isListOf(isShape<TraceReading["errors"][number]>({ code: isText(100), count: isAmount }), ERROR_LIMIT),
});
