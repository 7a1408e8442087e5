/**
 * `npm run record-series -- NAME [SECONDS]`: watches a real process for ten minutes and keeps its samples, one JSON object a line, in
 * `test/fixtures/recordings/NAME.jsonl.gz`. The judgement's tests replay them.
 */
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { createProcessLister, MonitorSession } from "../src/monitor/index.js";
import type { Sample } from "../src/protocol/index.js";
import { copyHotel, fillDatabase, startHotel } from "./lib/leaky-hotel.js";
import { startLightLoad } from "./lib/light-load.js";
import { projectRoot } from "./lib/paths.js";
import { startPostgres } from "./lib/postgres.js";
import { type ProcessGroup, run, start } from "./lib/processes.js";
import { say } from "./lib/progress.js";
import { runToTheEnd, type Teardown } from "./lib/teardown.js";

const DURATION_S = 600;
const INTERVAL_MS = 1_000;
const RESTART_EVERY_MS = 75_000;
const LOADS = join(projectRoot, "test", "support", "recorded-loads");

interface Target {
	readonly pid: number;
	/** `host:port` of the databases it connects to. */
	readonly databases: readonly string[];
}

/** Starts a target and yields it, and another one each time it was restarted. */
type Series = (teardown: Teardown) => AsyncGenerator<Target>;

const SERIES: Readonly<Record<string, Series>> = {
	"leaky-hotel": (teardown) => hotel(teardown, async () => {}),
	"repaired-hotel": (teardown) => hotel(teardown, repair),
	"saw-tooth": (teardown) => load(teardown, "saw-tooth"),
	"bounded-cache": (teardown) => load(teardown, "bounded-cache"),
	"heap-leak": (teardown) => load(teardown, "heap-leak"),
	"external-leak": (teardown) => load(teardown, "external-leak"),
	restarts,
};

async function* hotel(teardown: Teardown, prepare: (folder: string) => Promise<void>): AsyncGenerator<Target> {
	const postgres = teardown.own(await startPostgres(), (server) => server.stop());
	await fillDatabase(postgres.url);
	const copy = teardown.own(await copyHotel(), (folder) => folder.remove());
	await prepare(copy.folder);
	const server = teardown.own(await startHotel(copy.folder, postgres.url), (running) => running.process.stop());
	teardown.own(startLightLoad(server.url), (running) => running.stop());
	yield { pid: server.pid, databases: [`127.0.0.1:${postgres.port}`] };
}

/** The example as the project's own fixes leave it. */
function repair(folder: string): Promise<void> {
	return run(process.execPath, ["--import", "tsx", join(projectRoot, "src", "cli", "main.ts"), "fix", folder], { cwd: projectRoot });
}

async function* load(teardown: Teardown, name: string): AsyncGenerator<Target> {
	yield targetOf(await startLoad(teardown, name));
}

async function* restarts(teardown: Teardown): AsyncGenerator<Target> {
	for (;;) {
		const group = await startLoad(teardown, "busy");
		yield targetOf(group);
		await sleep(RESTART_EVERY_MS);
		await group.stop();
	}
}

/** Resolves when the program says that it is ready: only then is it safe to signal. */
async function startLoad(teardown: Teardown, name: string): Promise<ProcessGroup> {
	const group = teardown.own(start(process.execPath, [join(LOADS, `${name}.mjs`)]), (running) => running.stop());
	if (group.child.stdout !== null) await once(group.child.stdout, "data");
	return group;
}

function targetOf({ child, command }: ProcessGroup): Target {
	if (child.pid === undefined) throw new Error(`"${command}" did not start.`);
	return { pid: child.pid, databases: [] };
}

async function record(series: AsyncGenerator<Target>, seconds: number, teardown: Teardown): Promise<readonly Sample[]> {
	const samples: Sample[] = [];
	const session = new MonitorSession(createProcessLister(), {
		state: (state) => say(`${new Date().toISOString()} ${state.kind}${state.kind === "error" ? `: ${state.message} ${state.detail}` : ""}`),
		sample: (sample) => samples.push(sample),
		levels: () => {},
	});
	teardown.own(session, (watching) => watching.dispose());
	const watch = ({ pid, databases }: Target): Promise<void> =>
		session.attach(
			{ kind: "pid", pid, mayOpenInspector: true },
			{ intervalMs: INTERVAL_MS, databaseEndpoints: databases, slowQueryMs: 5_000, allowRemote: false },
		);
	const watchRestarts = async (): Promise<never> => {
		for await (const target of series) await watch(target);
		return new Promise(() => {});
	};
	const first = await series.next();
	if (!first.done) await watch(first.value);
	await Promise.race([watchRestarts(), sleep(seconds * 1_000)]);
	await session.detach();
	return samples;
}

void runToTheEnd(async (teardown) => {
	const [name = "", seconds = String(DURATION_S)] = process.argv.slice(2);
	const series = SERIES[name];
	if (series === undefined) throw new Error(`Say which series: ${Object.keys(SERIES).join(", ")}.`);
	const samples = await record(series(teardown), Number(seconds), teardown);
	const folder = join(projectRoot, "test", "fixtures", "recordings");
	await mkdir(folder, { recursive: true });
	const text = samples.map((sample) => `${JSON.stringify(sample)}\n`).join("");
	await writeFile(join(folder, `${name}.jsonl.gz`), gzipSync(text, { level: 9 }));
	say(`${samples.length} samples of ${name}.`);
	return 0;
});
