/** A real MariaDB server from Debian's packages, in a temporary folder, on a free loopback port. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createConnection, type RowDataPacket } from "mysql2/promise";
import { runAs, type ServerHome, ServerProcess, startServerIn } from "./database-server.js";
import { freePort } from "./ports.js";
import { ensureMariadb } from "./system-packages.js";

export interface Mariadb {
	readonly port: number;
	/** `mysql://…` of an empty database, for the user that owns it. */
	readonly url: string;
	/** The same for a user that may see all connections and transactions, and for one that may see its own connections only. */
	readonly watcherUrl: string;
	readonly blindUrl: string;
	/** Runs one statement as the server's administrator. */
	query(sql: string): Promise<Record<string, unknown>[]>;
	/** Ends the server and removes its files; safe to call twice. */
	stop(): Promise<void>;
}

/** Passwords are there to be looked for where they must not appear. */
const USERS = `
CREATE DATABASE app;
CREATE USER admin@'127.0.0.1' IDENTIFIED BY 'secret-a';
GRANT ALL ON *.* TO admin@'127.0.0.1';
CREATE USER app@'127.0.0.1' IDENTIFIED BY 'secret-b';
GRANT ALL ON app.* TO app@'127.0.0.1';
CREATE USER watcher@'127.0.0.1' IDENTIFIED BY 'secret-c';
GRANT PROCESS ON *.* TO watcher@'127.0.0.1';
CREATE USER blind@'127.0.0.1' IDENTIFIED BY 'secret-d';
GRANT SELECT ON app.* TO blind@'127.0.0.1';
`;

/** Durability is traded for speed: the data lives no longer than the run. */
const SERVER_SETTINGS = [
	"--bind-address=127.0.0.1",
	"--skip-name-resolve",
	"--innodb-flush-log-at-trx-commit=0",
	"--innodb-buffer-pool-size=32M",
	"--skip-log-bin",
];

/** Starts a server. Rejects with the server's own last words when it does not come up; nothing is left behind then. */
export async function startMariadb(): Promise<Mariadb> {
	const programs = await ensureMariadb();
	return startServerIn("mariadb", (home) => startIn(home, programs));
}

async function startIn(home: ServerHome, programs: Awaited<ReturnType<typeof ensureMariadb>>): Promise<Mariadb> {
	const { folder, account } = home;
	const data = join(folder, "data");
	await runAs(account, programs.install, [
		"--no-defaults",
		`--datadir=${data}`,
		"--skip-test-db",
		"--auth-root-authentication-method=normal",
	]);
	const users = join(folder, "users.sql");
	await writeFile(users, USERS, { mode: 0o644 });

	const port = await freePort();
	const places = [`--datadir=${data}`, `--socket=${join(folder, "socket")}`, `--pid-file=${join(folder, "pid")}`, `--init-file=${users}`];
	const args = ["--no-defaults", `--port=${port}`, ...places, ...SERVER_SETTINGS];
	const server = new ServerProcess(home, programs.server, args, "SIGTERM");
	const urlOf = (user: string, password: string, database = "app") => `mysql://${user}:${password}@127.0.0.1:${port}/${database}`;
	const admin = server.connect(() => createConnection(urlOf("admin", "secret-a")));
	const stop = async () => {
		await admin.then((connection) => connection.end()).catch(() => {});
		await server.stop();
	};
	try {
		await admin;
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		port,
		url: urlOf("app", "secret-b"),
		watcherUrl: urlOf("watcher", "secret-c", ""),
		blindUrl: urlOf("blind", "secret-d"),
		query: async (sql) => (await (await admin).query<RowDataPacket[]>(sql))[0],
		stop,
	};
}
