import type { ConnectionSample, Sample } from "../src/protocol/index.js";

/** How sockets are counted; where both can be had and agree, one line shows them. */
type SocketView = "process" | "kernel";
/** What pools and the database say of the same connections. */
type StateView = "pool active" | "pool idle" | "pool waiting" | "database active" | "database idle" | "database idle in transaction";
type View = SocketView | StateView;

/** One line of the connections chart: an endpoint as one of the views counts it. */
export interface ConnectionSeries {
	readonly id: string;
	readonly endpoint: string;
	readonly kind: ConnectionSample["kind"];
	readonly view: View;
	/** The endpoint, and the view's name where the endpoint has several lines. */
	readonly label: string;
	/** Stands back behind the endpoint's main line. */
	readonly secondary: boolean;
	/** Switched off until the reader asks for it. */
	readonly quiet: boolean;
}

/** More lines than this cannot be told apart. */
const MOST_DATABASES = 6;
const MOST_OTHERS = 3;

const STATES: Readonly<Record<StateView, (connection: ConnectionSample) => number | null>> = {
	"pool active": ({ pool }) => (pool === undefined ? null : pool.total - pool.idle),
	"pool idle": ({ pool }) => pool?.idle ?? null,
	"pool waiting": ({ pool }) => pool?.waiting ?? null,
	"database active": ({ database }) => database?.active ?? null,
	"database idle": ({ database }) => database?.idle ?? null,
	"database idle in transaction": ({ database }) => database?.idleInTransaction ?? null,
};
const POOL_STATES: readonly StateView[] = ["pool active", "pool idle", "pool waiting"];
const DATABASE_STATES: readonly StateView[] = ["database active", "database idle", "database idle in transaction"];
/** A request that waits is never normal, and a transaction left open holds its connection; the rest is detail. */
const LOUD_STATES: readonly View[] = ["pool waiting", "database idle in transaction"];

/** The lines that `samples` call for: databases first, then the busiest other endpoints; both views of an endpoint only where they differ. */
export function connectionSeries(samples: readonly Sample[]): readonly ConnectionSeries[] {
	const endpoints = new Map<string, Endpoint>();
	for (const sample of samples) for (const connection of sample.connections) note(endpoints, connection);
	const all = [...endpoints.values()];
	const databases = chosen(all, "database", MOST_DATABASES);
	return [...databases, ...chosen(all, "other", MOST_OTHERS)].flatMap((endpoint) => seriesOf(endpoint, databases.length === 1));
}

/** What a line shows at a sample: 0 when the endpoint is not listed, null when its view could not be had. */
export function connectionsAt(sample: Sample, series: ConnectionSeries): number | null {
	const connection = sample.connections.find((one) => one.endpoint === series.endpoint);
	if (connection === undefined) return 0;
	const { view } = series;
	return view === "process" || view === "kernel" ? connection[view] : STATES[view](connection);
}

interface Endpoint {
	readonly endpoint: string;
	readonly kind: ConnectionSample["kind"];
	peak: number;
	process: boolean;
	kernel: boolean;
	differ: boolean;
	pool: boolean;
	database: boolean;
}

function note(endpoints: Map<string, Endpoint>, connection: ConnectionSample): void {
	const { endpoint, kind, process, kernel } = connection;
	const known = endpoints.get(endpoint) ?? {
		endpoint,
		kind,
		peak: 0,
		process: false,
		kernel: false,
		differ: false,
		pool: false,
		database: false,
	};
	known.peak = Math.max(known.peak, process ?? 0, kernel ?? 0);
	known.process ||= process !== null;
	known.kernel ||= kernel !== null;
	known.differ ||= process !== null && kernel !== null && process !== kernel;
	known.pool ||= connection.pool !== undefined;
	known.database ||= connection.database !== undefined;
	endpoints.set(endpoint, known);
}

function chosen(all: readonly Endpoint[], kind: ConnectionSample["kind"], most: number): readonly Endpoint[] {
	return all
		.filter((endpoint) => endpoint.kind === kind)
		.sort((a, b) => b.peak - a.peak || a.endpoint.localeCompare(b.endpoint))
		.slice(0, most)
		.sort((a, b) => a.endpoint.localeCompare(b.endpoint));
}

/** @param lone whether there is one database, so that its states need no endpoint to be told apart */
function seriesOf({ endpoint, kind, differ, kernel, pool, database }: Endpoint, lone: boolean): readonly ConnectionSeries[] {
	const sockets: readonly View[] = differ ? ["process", "kernel"] : [kernel ? "kernel" : "process"];
	const states: readonly View[] = [...(pool ? POOL_STATES : []), ...(database ? DATABASE_STATES : [])];
	return [...sockets, ...states].map((view) => ({
		id: `${endpoint} ${view}`,
		endpoint,
		kind,
		view,
		label: states.includes(view) ? (lone ? view : `${view} ${endpoint}`) : differ ? `${endpoint} ${view}` : endpoint,
		secondary: states.includes(view) || (differ && view === "process"),
		quiet: kind === "other" || (states.includes(view) && !LOUD_STATES.includes(view)),
	}));
}
