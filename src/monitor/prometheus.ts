/** The latest sample in Prometheus' text format. */
import { type DurationsSample, type Judgement, type MemorySample, NO_JUDGEMENT, type Sample } from "../protocol/index.js";

type Labels = Readonly<Record<string, string>>;
type Value = readonly [value: number | null | undefined, labels?: Labels];

interface Metric {
	/** Without the prefix. */
	readonly name: string;
	readonly type: "gauge" | "counter";
	readonly help: string;
}

interface SampleMetric extends Metric {
	values(state: State): readonly Value[];
}

/** What metrics are read off: the latest sample, and sums since the exporter began. */
interface State {
	readonly sample: Sample;
	readonly judgement: Judgement;
	readonly totals: Totals;
}

interface Totals {
	queries: number;
	slowQueries: number;
	transactions: number;
	readonly errors: Map<string, number>;
}

const PREFIX = "prisma_leak_lens_";

const UP: Metric = { name: "up", type: "gauge", help: "1 while the process is watched." };

const METRICS: readonly SampleMetric[] = [
	memory("rss", "Resident set size."),
	memory("heapTotal", "Size of V8's heap."),
	memory("heapUsed", "What of V8's heap is used."),
	memory("external", "Memory of C++ objects bound to JavaScript objects, WASM and array buffers."),
	memory("arrayBuffers", "Array buffers, as part of external."),
	memory("native", "rss less heapTotal and external."),
	memory("outsideHeap", "rss less heapTotal."),
	{
		name: "cpu_ratio",
		type: "gauge",
		help: "Share of one core since the sample before.",
		values: ({ sample }) => [[sample.cpu]],
	},
	{
		name: "connections",
		type: "gauge",
		help: "Open connections per remote endpoint, as the process and as the kernel counts them.",
		values: ({ sample }) =>
			sample.connections.flatMap(({ endpoint, kind, process, kernel }): Value[] => [
				[process, { endpoint, kind, view: "process" }],
				[kernel, { endpoint, kind, view: "kernel" }],
			]),
	},
	{
		name: "pool_connections",
		type: "gauge",
		help: "Connections of the pools per endpoint, and requests that wait for one (level inventory).",
		values: ({ sample }) => gauges(sample, ({ pool }) => pool, ["total", "idle", "waiting", "max"]),
	},
	{
		name: "database_backends",
		type: "gauge",
		help: "The process's backends per endpoint, as the database itself sees them.",
		values: ({ sample }) => gauges(sample, ({ database }) => database, ["active", "idle", "idleInTransaction", "other"]),
	},
	{ name: "clients", type: "gauge", help: "Live PrismaClients (level inventory).", values: ({ sample }) => [[sample.clients?.live]] },
	{
		name: "queries_total",
		type: "counter",
		help: "Operations that ended (level trace).",
		values: ({ sample, totals }) => [[sample.queries && totals.queries]],
	},
	{
		name: "slow_queries_total",
		type: "counter",
		help: "Operations over the limit for slow ones (level trace).",
		values: ({ sample, totals }) => [[sample.queries && totals.slowQueries]],
	},
	{
		name: "query_errors_total",
		type: "counter",
		help: "Failed operations by code (level trace).",
		values: ({ totals }) => [...totals.errors].map(([code, total]): Value => [total, { code }]),
	},
	{
		name: "query_duration_seconds",
		type: "gauge",
		help: "Duration of operations since the sample before (level trace).",
		values: ({ sample }) => durations(sample.queries?.duration),
	},
	{
		name: "transactions_open",
		type: "gauge",
		help: "Interactive transactions that are open (level trace).",
		values: ({ sample }) => [[sample.transactions?.open]],
	},
	{
		name: "transactions_total",
		type: "counter",
		help: "Interactive transactions that ended (level trace).",
		values: ({ sample, totals }) => [[sample.transactions && totals.transactions]],
	},
	{
		name: "transaction_duration_seconds",
		type: "gauge",
		help: "Duration of interactive transactions since the sample before (level trace).",
		values: ({ sample }) => durations(sample.transactions?.duration),
	},
	{
		name: "event_loop_utilization_ratio",
		type: "gauge",
		help: "Share of the time that the event loop was busy.",
		values: ({ sample }) => [[sample.eventLoop?.utilization]],
	},
	{
		name: "event_loop_delay_seconds",
		type: "gauge",
		help: "How late timers were since the sample before.",
		values: ({ sample }) => durations(sample.eventLoop?.delay),
	},
	{
		name: "alert",
		type: "gauge",
		help: "1 for each alert that stands.",
		values: ({ judgement }) => judgement.alerts.map(({ subject }): Value => [1, { subject }]),
	},
	{
		name: "leak_bytes_per_minute",
		type: "gauge",
		help: "Steady growth of memory that is not given back; 0 while none is suspected.",
		values: ({ judgement }) => judgement.trends.map(({ measure, rate }): Value => [rate?.perMinute ?? 0, { measure }]),
	},
];

function memory(key: keyof MemorySample, help: string): SampleMetric {
	return { name: `memory_${snake(key)}_bytes`, type: "gauge", help, values: ({ sample }) => [[sample.memory[key]]] };
}

/** Every metric's full name. */
export const METRIC_NAMES: readonly string[] = [UP, ...METRICS].map(({ name }) => PREFIX + name);

export class PrometheusExporter {
	private state: State | null = null;
	private readonly totals: Totals = { queries: 0, slowQueries: 0, transactions: 0, errors: new Map() };

	next(sample: Sample, judgement: Judgement = NO_JUDGEMENT): void {
		this.totals.queries += sample.queries?.count ?? 0;
		this.totals.slowQueries += sample.queries?.slowCount ?? 0;
		this.totals.transactions += sample.transactions?.ended ?? 0;
		for (const { code, count } of sample.queries?.errors ?? []) this.totals.errors.set(code, (this.totals.errors.get(code) ?? 0) + count);
		this.state = { sample, judgement, totals: this.totals };
	}

	/** @param isLive whether the process is watched now: what is known of one that is gone would look alive */
	text(isLive: boolean): string {
		const up = metricText(UP, [[isLive ? 1 : 0]], {});
		const { state } = this;
		if (state === null || !isLive) return up;
		const common = { pid: String(state.sample.pid) };
		return up + METRICS.map((metric) => metricText(metric, metric.values(state), common)).join("");
	}
}

function metricText({ name, type, help }: Metric, values: readonly Value[], common: Labels): string {
	const lines = values.flatMap(([value, labels]) =>
		typeof value === "number" ? [`${PREFIX}${name}${labelText({ ...common, ...labels })} ${value}\n`] : [],
	);
	return lines.length === 0 ? "" : `# HELP ${PREFIX}${name} ${help}\n# TYPE ${PREFIX}${name} ${type}\n${lines.join("")}`;
}

function labelText(labels: Labels): string {
	const parts = Object.entries(labels).map(([key, value]) => `${key}="${escaped(value)}"`);
	return parts.length === 0 ? "" : `{${parts.join(",")}}`;
}

function escaped(value: string): string {
	return value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}

function gauges<K extends string>(
	{ connections }: Sample,
	part: (connection: Sample["connections"][number]) => Readonly<Record<K, number>> | undefined,
	keys: readonly K[],
): Value[] {
	return connections.flatMap((connection) =>
		keys.map((key): Value => [part(connection)?.[key], { endpoint: connection.endpoint, state: snake(key) }]),
	);
}

function durations(sample: DurationsSample | null | undefined): readonly Value[] {
	if (!sample) return [];
	return (["avg", "p50", "p95", "p99", "max"] as const).map((stat) => [sample[stat] / 1_000, { stat }]);
}

function snake(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
