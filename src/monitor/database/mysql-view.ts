import { type Connection, type ConnectionOptions, createConnection, type RowDataPacket, type SslOptions } from "mysql2/promise";
import type { DatabaseView } from "../../protocol/index.js";
import { waitFor } from "../wait-for.js";
import { DatabaseError, NO_PRIVILEGE, reasonOf } from "./database-error.js";
import { APPLICATION_NAME, oldestOf, type ServerView, TIMEOUT_MS } from "./server-view.js";

const IS_LOOPBACK = "REGEXP '^(localhost|127[.].*|::1)$'";

/**
 * The processlist names a connection by `host:port` of its client. Other machines may use the same port numbers, so the
 * host has to be ours, or both of the database's own machine. A transaction is known from its first statement on.
 */
const CONNECTIONS = `
SELECT connection.command, transaction.started IS NOT NULL AS inTransaction,
	TIMESTAMPDIFF(MICROSECOND, transaction.started, NOW(6)) * 1e-3 AS age
FROM (
	SELECT ID AS id, COMMAND AS command, SUBSTRING_INDEX(HOST, ':', -1) AS port,
		LEFT(HOST, CHAR_LENGTH(HOST) - LOCATE(':', REVERSE(HOST))) AS host
	FROM information_schema.PROCESSLIST
) AS connection
JOIN (
	SELECT LEFT(HOST, CHAR_LENGTH(HOST) - LOCATE(':', REVERSE(HOST))) AS host
	FROM information_schema.PROCESSLIST WHERE ID = CONNECTION_ID()
) AS own
LEFT JOIN (
	SELECT trx_mysql_thread_id AS id, MIN(trx_started) AS started FROM information_schema.INNODB_TRX GROUP BY trx_mysql_thread_id
) AS transaction ON transaction.id = connection.id
WHERE FIND_IN_SET(connection.port, ?)
	AND (connection.host = own.host OR (connection.host ${IS_LOOPBACK} AND own.host ${IS_LOOPBACK}))`;

const OWN_TRANSACTION = "SELECT 1 FROM information_schema.INNODB_TRX WHERE trx_mysql_thread_id = CONNECTION_ID()";
const LISTED_AFTER_MS = 500;

/** Commands of a connection that works for its client, as the processlist names them. */
const ACTIVE: ReadonlySet<string> = new Set(["Query", "Execute", "Prepare", "Fetch", "Close stmt", "Reset stmt", "Init DB", "Statistics"]);

interface Row extends RowDataPacket {
	readonly command: unknown;
	readonly inTransaction: unknown;
	readonly age: unknown;
}

/** What MySQL or MariaDB says, by its processlist and InnoDB's transactions, whose ages are whole seconds there. */
export class MysqlView implements ServerView {
	onLost: (reason: string) => void = () => {};

	/** Rejects with a `DatabaseError`, which names no part of the URL. */
	static async connect(url: URL): Promise<MysqlView> {
		const connection = await createConnection(optionsOf(url)).catch((error: unknown) => {
			throw new DatabaseError(reasonOf(error));
		});
		const view = new MysqlView(connection);
		connection.on("error", (error) => view.onLost(reasonOf(error)));
		try {
			// InnoDB tells when a transaction began by the server's own clock and time zone.
			await connection.query("SET time_zone = 'SYSTEM'");
			if (!(await view.seesTransactions())) throw new DatabaseError(NO_PRIVILEGE);
			await view.look([]);
		} catch (error) {
			view.close();
			throw new DatabaseError(reasonOf(error));
		}
		return view;
	}

	private constructor(private readonly connection: Connection) {}

	/** MariaDB shows an empty list to whoever may not see it, so one of our own is looked for. The list may be a tenth of a second old. */
	private async seesTransactions(): Promise<boolean> {
		await this.connection.query("START TRANSACTION WITH CONSISTENT SNAPSHOT");
		try {
			const seen = await waitFor(async () => {
				const [rows] = await this.connection.query<RowDataPacket[]>(OWN_TRANSACTION);
				return rows.length > 0 ? true : null;
			}, LISTED_AFTER_MS);
			return seen === true;
		} finally {
			await this.connection.query("ROLLBACK");
		}
	}

	async look(ports: readonly number[]): Promise<DatabaseView> {
		const [rows] = await this.connection.query<Row[]>({ sql: CONNECTIONS, values: [ports.join(",")], timeout: TIMEOUT_MS });
		const count = (fits: (row: Row) => boolean) => rows.filter(fits).length;
		const active = count(({ command }) => ACTIVE.has(String(command)));
		const sleeping = count(({ command }) => command === "Sleep");
		const idleInTransaction = count(({ command, inTransaction }) => command === "Sleep" && inTransaction === 1);
		return {
			active,
			idle: sleeping - idleInTransaction,
			idleInTransaction,
			other: rows.length - active - sleeping,
			oldestTransaction: oldestOf(rows.map(({ age }) => age)),
		};
	}

	close(): void {
		this.onLost = () => {};
		void this.connection.end().catch(() => null);
	}
}

/** Parameters of a URL are Prisma's own, but for those that say whether to encrypt. */
function optionsOf(url: URL): ConnectionOptions {
	const tls = tlsOf(url.searchParams);
	return {
		host: url.hostname.replace(/^\[|\]$/g, ""),
		user: decodeURIComponent(url.username),
		password: decodeURIComponent(url.password),
		database: decodeURIComponent(url.pathname.slice(1)),
		connectTimeout: TIMEOUT_MS,
		connectAttributes: { program_name: APPLICATION_NAME },
		...(url.port === "" ? {} : { port: Number(url.port) }),
		...(tls === null ? {} : { ssl: tls }),
	};
}

/** By Prisma's `sslaccept` and MySQL's own `ssl-mode`, of which REQUIRED encrypts without a look at the certificate; null for a plain connection. */
function tlsOf(parameters: URLSearchParams): SslOptions | null {
	const accept = parameters.get("sslaccept");
	const mode = (parameters.get("ssl-mode") ?? parameters.get("sslmode"))?.toUpperCase();
	if (accept === null && (mode === undefined || mode === "DISABLED")) return null;
	return { rejectUnauthorized: accept === "strict" || mode?.startsWith("VERIFY_") === true };
}
