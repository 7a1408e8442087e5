import pg from "pg";
import type { DatabaseView } from "../../protocol/index.js";
import { DatabaseError, reasonOf } from "./database-error.js";
import { APPLICATION_NAME, oldestOf, type ServerView, TIMEOUT_MS } from "./server-view.js";

/** Parameters of a URL that say how to connect; the others are Prisma's own. */
const CONNECTION_PARAMETERS: ReadonlySet<string> = new Set(["sslmode", "sslcert", "sslkey", "sslrootcert"]);

/**
 * Backends are told by the port that the process uses for each. Other machines may use the same port numbers, so their
 * address has to be ours, or both of the database's own machine.
 */
const BACKENDS = `
SELECT state, (extract(epoch FROM clock_timestamp() - xact_start) * 1000)::float8 AS age
FROM pg_stat_activity
WHERE backend_type = 'client backend' AND client_port = ANY($1::int[])
	AND (client_addr = inet_client_addr() OR (host(client_addr) ~ '^(127\\.|::1$)' AND host(inet_client_addr()) ~ '^(127\\.|::1$)'))`;

/** What PostgreSQL says, by `pg_stat_activity`. */
export class PostgresView implements ServerView {
	onLost: (reason: string) => void = () => {};

	/** Rejects with a `DatabaseError`, which names no part of the URL. */
	static async connect(url: URL): Promise<PostgresView> {
		const client = new pg.Client({
			connectionString: withoutForeignParameters(url),
			application_name: APPLICATION_NAME,
			connectionTimeoutMillis: TIMEOUT_MS,
			query_timeout: TIMEOUT_MS,
			statement_timeout: TIMEOUT_MS,
		});
		const view = new PostgresView(client);
		client.on("error", (error) => view.onLost(reasonOf(error)));
		try {
			await client.connect();
		} catch (error) {
			await client.end().catch(() => null);
			throw new DatabaseError(reasonOf(error));
		}
		return view;
	}

	private constructor(private readonly client: pg.Client) {}

	async look(ports: readonly number[]): Promise<DatabaseView> {
		const { rows } = await this.client.query<{ state: unknown; age: unknown }>(BACKENDS, [[...ports]]);
		const inState = (...states: string[]) => rows.filter(({ state }) => states.includes(String(state))).length;
		const active = inState("active", "fastpath function call");
		const idle = inState("idle");
		const idleInTransaction = inState("idle in transaction", "idle in transaction (aborted)");
		return {
			active,
			idle,
			idleInTransaction,
			other: rows.length - active - idle - idleInTransaction,
			oldestTransaction: oldestOf(rows.map(({ age }) => age)),
		};
	}

	close(): void {
		this.onLost = () => {};
		void this.client.end().catch(() => null);
	}
}

function withoutForeignParameters(url: URL): string {
	const bare = new URL(url);
	for (const name of url.searchParams.keys()) if (!CONNECTION_PARAMETERS.has(name)) bare.searchParams.delete(name);
	return bare.href;
}
