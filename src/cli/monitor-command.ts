/** The command line of `monitor`. */
import { parseArgs } from "node:util";
import { PROFILE_NAMES, thresholdsOf } from "../config/index.js";
import { parseEndpoint, parseInspectorUrl } from "../monitor/index.js";
import {
	HEAP_PROFILE_SECONDS,
	INTERVAL_MS,
	type Level,
	type MonitorOptions,
	type ProcessTarget,
	type Thresholds,
} from "../protocol/index.js";
import { processList } from "./process-list.js";
import { SETTING_FLAGS, settingsFor } from "./settings.js";
import { parseFlags, UsageError } from "./usage.js";

export const USAGE = `Usage: prisma-leak-lens monitor (--pid N | --attach HOST:PORT) [options]
Without a process it lists the Node processes of this machine.

  --pid N               watch this process; opens its inspector when that is safe, and closes it again; may be given
                        several times: the table then has a row for each process, and their sum
  --workers             watch the worker threads of each process, too: a row each, with heap, external and connections of its
                        own; rss and cpu are those of its process, and count once in the sum
  --attach HOST:PORT    watch the process whose inspector listens there; its ws:// URL will do, too, or a port of this machine
  --level observe|trace|inventory
                        observe (default) changes nothing in the process; trace adds queries and transactions by
                        Prisma's tracing hook; inventory adds clients and pools, and stops the process for a moment;
                        may be given twice for both
  --interval MS         between two samples, ${INTERVAL_MS.min} to ${INTERVAL_MS.max} (default 1000)
  --duration S          detach after so many seconds (default: until Ctrl+C or the process ends)
  --format text|ndjson  a table (default), or one JSON object a line
  --heap-profile S      instead of watching, sample allocations for so many seconds, ${HEAP_PROFILE_SECONDS.min} to ${HEAP_PROFILE_SECONDS.max}, and list the functions
                        that allocated what is then alive; costs a few per cent of cpu, and stops the process once
                        for a garbage collection
  --native-memory       instead of watching, say once what the native memory of each --pid is made of: Prisma's engine
                        library, malloc, V8, WASM, stacks, mapped files (Linux; the process is not touched)
  --database HOST:PORT  counts connections there as database connections, as those to the usual ports of databases always are; may
                        be given several times
  --prometheus PORT     serves the latest sample at http://127.0.0.1:PORT/metrics, of one process
  --alert-exit          detach at the first alert, and end with 3
  --config FILE         limits of alerts (default: prisma-leak-lens.json in the working directory, if it is there)
  --profile ${PROFILE_NAMES.join("|")}
                        which of its limits
  --allow-remote        lets --attach reach other machines

Ends with 0 after detaching, 1 when the process ended or was lost, 2 when it could not attach, 3 by --alert-exit; of several
processes when none is left, with the highest of their codes.`;

export interface Command {
	/** At least one. */
	readonly targets: readonly ProcessTarget[];
	/** Whether their worker threads are watched, too. */
	readonly workers: boolean;
	readonly options: MonitorOptions;
	/** To turn on once attached; none observes only. */
	readonly levels: readonly Level[];
	readonly durationMs: number | null;
	readonly format: "text" | "ndjson";
	/** Seconds to profile the heap for, instead of watching; null watches. */
	readonly heapProfileSeconds: number | null;
	/** Reads native memory once, instead of watching. */
	readonly nativeMemory: boolean;
	readonly prometheusPort: number | null;
	readonly alertExit: boolean;
	readonly thresholds: Thresholds;
}

/** @throws UsageError for a command line that cannot be used. */
export async function parseCommand(argv: readonly string[]): Promise<Command> {
	const flags = flagsOf(argv);
	const { pid, attach, interval, duration, format, prometheus } = flags;
	if (pid.length > 0 && attach !== undefined) throw new UsageError("Say which process: --pid or --attach, not both.");
	if (pid.length === 0 && attach === undefined)
		throw new UsageError(`Say which process: --pid N or --attach HOST:PORT. ${await processList()}`);
	const unusable = flags.database.find((text) => parseEndpoint(text) === null);
	if (unusable !== undefined) throw new UsageError(`--database is HOST:PORT or a port, such as 127.0.0.1:5432, not "${unusable}".`);
	if (format !== "text" && format !== "ndjson") throw new UsageError(`--format is text or ndjson, not "${format}".`);
	const thresholds = thresholdsOf((await settingsFor(process.cwd(), flags)).profile);
	if (prometheus !== undefined && (pid.length > 1 || flags.workers))
		throw new UsageError(
			"--prometheus serves the metrics of one process, without its workers: start a monitor with a port of its own for each.",
		);
	return {
		targets: attach === undefined ? [...new Set(pid)].map(parsePid) : [parseAddress(attach)],
		workers: flags.workers,
		options: {
			intervalMs: parseNumber("--interval", interval, INTERVAL_MS.min, INTERVAL_MS.max),
			databaseEndpoints: flags.database,
			slowQueryMs: thresholds.limits.slowQuery,
			allowRemote: flags["allow-remote"],
		},
		levels: flags.level.flatMap(parseLevel),
		durationMs: duration === undefined ? null : parseNumber("--duration", duration, 1, 10_000_000) * 1000,
		format,
		heapProfileSeconds: parseHeapProfile(flags),
		nativeMemory: parseNativeMemory(flags),
		prometheusPort: prometheus === undefined ? null : parseNumber("--prometheus", prometheus, 0, 65_535),
		alertExit: flags["alert-exit"],
		thresholds,
	};
}

function flagsOf(argv: readonly string[]) {
	const { config, profile } = SETTING_FLAGS;
	return parseFlags(
		() =>
			parseArgs({
				args: [...argv],
				options: {
					pid: { type: "string", multiple: true, default: [] },
					attach: { type: "string" },
					workers: { type: "boolean", default: false },
					level: { type: "string", multiple: true, default: [] },
					interval: { type: "string", default: "1000" },
					duration: { type: "string" },
					format: { type: "string", default: "text" },
					database: { type: "string", multiple: true, default: [] },
					prometheus: { type: "string" },
					"heap-profile": { type: "string" },
					"native-memory": { type: "boolean", default: false },
					"alert-exit": { type: "boolean", default: false },
					"allow-remote": { type: "boolean", default: false },
					config,
					profile,
				},
			}).values,
	);
}

function parseLevel(text: string): readonly Level[] {
	if (text === "observe") return [];
	if (text !== "trace" && text !== "inventory") throw new UsageError(`--level is observe, trace or inventory, not "${text}".`);
	return [text];
}

function parseHeapProfile(flags: ReturnType<typeof flagsOf>): number | null {
	const { "heap-profile": seconds } = flags;
	if (seconds === undefined) return null;
	refuseToWatch("--heap-profile", flags);
	return parseNumber("--heap-profile", seconds, HEAP_PROFILE_SECONDS.min, HEAP_PROFILE_SECONDS.max);
}

function parseNativeMemory(flags: ReturnType<typeof flagsOf>): boolean {
	if (!flags["native-memory"]) return false;
	refuseToWatch("--native-memory", flags);
	if (flags.attach !== undefined || flags["heap-profile"] !== undefined)
		throw new UsageError("--native-memory reads the processes that --pid names: leave out --attach and --heap-profile.");
	return true;
}

/** For what is done once. */
function refuseToWatch(flag: string, flags: ReturnType<typeof flagsOf>): void {
	const watches =
		flags.workers || flags.level.length > 0 || flags.duration !== undefined || flags.prometheus !== undefined || flags["alert-exit"];
	if (watches) throw new UsageError(`${flag} does not watch: leave out --workers, --level, --duration, --prometheus and --alert-exit.`);
}

function parseNumber(flag: string, text: string, low: number, high: number): number {
	const value = Number(text);
	if (!/^\d+$/.test(text) || value < low || value > high)
		throw new UsageError(`${flag} is a whole number from ${low} to ${high}, not "${text}".`);
	return value;
}

function parsePid(text: string): ProcessTarget {
	return { kind: "pid", pid: parseNumber("--pid", text, 1, 2 ** 31 - 1), mayOpenInspector: true };
}

function parseAddress(text: string): ProcessTarget {
	const url = parseInspectorUrl(text);
	if (url === null) throw new UsageError(`--attach is HOST:PORT, a port or a ws:// URL, such as 127.0.0.1:9229, not "${text}".`);
	return { kind: "address", host: url.host ?? "127.0.0.1", port: url.port, ...(url.path === null ? {} : { path: url.path }) };
}
