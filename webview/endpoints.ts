import type { ConnectionSample, Sample } from "../src/protocol/index.js";

export type View = "process" | "kernel";

/** One line of the connections chart: an endpoint as one of the views counts it. */
export interface ConnectionSeries {
	readonly id: string;
	readonly endpoint: string;
	readonly kind: ConnectionSample["kind"];
	readonly view: View;
	/** The endpoint, and the view's name where the two views differ. */
	readonly label: string;
}

/** More lines than this cannot be told apart. */
const MOST_DATABASES = 6;
const MOST_OTHERS = 3;

/** The lines that `samples` call for: databases first, then the busiest other endpoints; both views of an endpoint only where they differ. */
export function connectionSeries(samples: readonly Sample[]): readonly ConnectionSeries[] {
	const endpoints = new Map<string, Endpoint>();
	for (const sample of samples) for (const connection of sample.connections) note(endpoints, connection);
	const all = [...endpoints.values()];
	return [...chosen(all, "database", MOST_DATABASES), ...chosen(all, "other", MOST_OTHERS)].flatMap(seriesOf);
}

/** What a line shows at a sample: 0 when the endpoint is not listed, null when its view could not be had. */
export function connectionsAt(sample: Sample, series: ConnectionSeries): number | null {
	const connection = sample.connections.find((one) => one.endpoint === series.endpoint);
	return connection === undefined ? 0 : connection[series.view];
}

interface Endpoint {
	readonly endpoint: string;
	readonly kind: ConnectionSample["kind"];
	peak: number;
	process: boolean;
	kernel: boolean;
	differ: boolean;
}

function note(endpoints: Map<string, Endpoint>, connection: ConnectionSample): void {
	const { endpoint, kind, process, kernel } = connection;
	const known = endpoints.get(endpoint) ?? { endpoint, kind, peak: 0, process: false, kernel: false, differ: false };
	known.peak = Math.max(known.peak, process ?? 0, kernel ?? 0);
	known.process ||= process !== null;
	known.kernel ||= kernel !== null;
	known.differ ||= process !== null && kernel !== null && process !== kernel;
	endpoints.set(endpoint, known);
}

function chosen(all: readonly Endpoint[], kind: ConnectionSample["kind"], most: number): readonly Endpoint[] {
	return all
		.filter((endpoint) => endpoint.kind === kind)
		.sort((a, b) => b.peak - a.peak || a.endpoint.localeCompare(b.endpoint))
		.slice(0, most)
		.sort((a, b) => a.endpoint.localeCompare(b.endpoint));
}

function seriesOf(endpoint: Endpoint): readonly ConnectionSeries[] {
	const { kind } = endpoint;
	const views: readonly View[] = endpoint.differ ? ["process", "kernel"] : [endpoint.kernel ? "kernel" : "process"];
	return views.map((view) => ({
		id: `${endpoint.endpoint} ${view}`,
		endpoint: endpoint.endpoint,
		kind,
		view,
		label: endpoint.differ ? `${endpoint.endpoint} ${view}` : endpoint.endpoint,
	}));
}
