/**
 * `npm run hotel-report -- [SECONDS]`: measures the example under load, repairs a copy of it with the project's own fixes, measures
 * that, and writes the leak report of both to `docs/leaky-hotel/`, by the commands that docs/report.md shows.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { copyHotel, fillDatabase, type RunningHotel, startHotel } from "./lib/leaky-hotel.js";
import { startLightLoad } from "./lib/light-load.js";
import { projectRoot } from "./lib/paths.js";
import { startPostgres } from "./lib/postgres.js";
import { step } from "./lib/progress.js";
import { runToTheEnd, type Teardown } from "./lib/teardown.js";

const DURATION_S = 120;
/** What leaks most is asked for several times a second, beside the light load. */
const STATEMENT_EVERY_MS = 400;
const OUTPUT = join(projectRoot, "docs", "leaky-hotel");
const CLI = join("dist", "cli.js");

/** Runs the command line; what it prints goes to `output`, where that is given. @throws when it ends with another code than `expected` */
async function cli(args: readonly string[], { output, expected = 0 }: { output?: string; expected?: number } = {}): Promise<void> {
	const file = output === undefined ? null : await open(output, "w");
	try {
		const child = spawn(process.execPath, [CLI, ...args], { cwd: projectRoot, stdio: ["ignore", file?.fd ?? "ignore", "inherit"] });
		const [code] = await once(child, "exit");
		if (code !== expected) throw new Error(`"${args.join(" ")}" ended with ${code}.`);
	} finally {
		await file?.close();
	}
}

/** Starts the server in `folder`, and records it for so many seconds while it works. */
async function record(folder: string, databaseUrl: string, seconds: number, output: string): Promise<void> {
	const server = await startHotel(folder, databaseUrl);
	const load = startLightLoad(server.url);
	const stopping = new AbortController();
	const statements = askForStatements(server, stopping.signal);
	const { host } = new URL(databaseUrl);
	try {
		await cli(
			[
				"monitor",
				"--pid",
				String(server.pid),
				"--level",
				"inventory",
				"--database",
				host,
				"--duration",
				String(seconds),
				"--format",
				"ndjson",
			],
			{ output },
		);
	} finally {
		stopping.abort();
		await Promise.all([statements, load.stop()]);
		await server.process.stop();
	}
}

async function askForStatements({ url }: RunningHotel, signal: AbortSignal): Promise<void> {
	for (let n = 0; !signal.aborted; n++) {
		await fetch(new URL(`/partners/${1 + (n % 3)}/statement`, url), { signal })
			.then((answer) => answer.arrayBuffer())
			.catch(() => {});
		await sleep(STATEMENT_EVERY_MS, undefined, { signal }).catch(() => {});
	}
}

async function main(teardown: Teardown): Promise<number> {
	const seconds = Number(process.argv[2] ?? DURATION_S);
	const scratch = teardown.own(await mkdtemp(join(tmpdir(), "prisma-leak-lens-report-")), (folder) => rm(folder, { recursive: true }));
	const [check, before, after] = [join(scratch, "check.json"), join(scratch, "before.ndjson"), join(scratch, "after.ndjson")];
	const postgres = teardown.own(await step("Starting PostgreSQL", startPostgres), (server) => server.stop());
	await fillDatabase(postgres.url);
	const { folder } = teardown.own(await step("Copying the example", copyHotel), (copy) => copy.remove());
	await cli(["check", folder, "--format", "json", "--no-cache"], { output: check, expected: 1 });
	await step("Measuring the leaky hotel", () => record(folder, postgres.url, seconds, before));
	await cli(["fix", folder]);
	await step("Measuring the repaired hotel", () => record(folder, postgres.url, seconds, after));
	await mkdir(OUTPUT, { recursive: true });
	for (const [format, name] of [
		["markdown", "report.md"],
		["html", "report.html"],
	] as const) {
		const made = ["--format", format, "--output", join(OUTPUT, name)];
		await cli(["report", folder, "--check-before", check, "--baseline", before, "--recording", after, ...made]);
	}
	return 0;
}

void runToTheEnd(main);
