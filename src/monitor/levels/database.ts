import type { ConnectionSample } from "../../protocol/index.js";
import { DatabaseError } from "../database/database-error.js";
import { MysqlView } from "../database/mysql-view.js";
import { PostgresView } from "../database/postgres-view.js";
import type { ServerView } from "../database/server-view.js";
import { endpointOf, parseDatabaseUrl, URL_FORM } from "../database/url.js";
import { parseEndpoint } from "../endpoint.js";
import { DatabaseEndpoints } from "../probes/database-endpoints.js";
import { within } from "../wait-for.js";

/** A database that is slow to answer must not hold samples up. */
const PATIENCE_MS = 1_000;

/** Puts what the database itself says beside what process and kernel count, at the endpoint that the user's URL names. */
export class DatabaseLevel {
	private view: ServerView | null = null;
	private endpoints: DatabaseEndpoints | null = null;
	private looking = false;

	/** Rejects with a `DatabaseError`. `onLost` is called when the database hangs up later. */
	async connect(url: string | null, onLost: (reason: string) => void): Promise<void> {
		this.close();
		if (url === null) throw new DatabaseError("No URL of the database was given.");
		const parsed = parseDatabaseUrl(url);
		if (parsed === null) throw new DatabaseError(`This is no URL of a database that can be asked. ${URL_FORM}`);
		this.endpoints = await DatabaseEndpoints.only(endpointOf(parsed));
		this.view = await (parsed.server === "MySQL" ? MysqlView : PostgresView).connect(parsed.url);
		this.view.onLost = onLost;
	}

	close(): void {
		this.view?.close();
		this.view = null;
	}

	/** Leaves the field out when the database does not answer in time. */
	async join(
		connections: readonly ConnectionSample[],
		ports: ReadonlyMap<string, readonly number[]>,
	): Promise<readonly ConnectionSample[]> {
		const { view, endpoints } = this;
		if (view === null || endpoints === null || this.looking) return connections;
		this.looking = true;
		const answers = Promise.all(
			connections.map(async (connection) => {
				const parsed = parseEndpoint(connection.endpoint);
				const isIt = parsed?.host && endpoints.kindOf(parsed.host, parsed.port) === "database";
				return isIt ? { ...connection, database: await view.look(ports.get(connection.endpoint) ?? []) } : connection;
			}),
		);
		void answers
			.catch(() => null)
			.finally(() => {
				this.looking = false;
			});
		return (await within(answers, PATIENCE_MS).catch(() => null)) ?? connections;
	}
}
