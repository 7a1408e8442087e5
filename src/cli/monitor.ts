/** `monitor`: watches one process from a terminal, or feeds its samples to another program. */
import { parseArgs } from "node:util";
import { createProcessLister, MonitorSession } from "../monitor/index.js";
import { type AttachTarget, INTERVAL_MS, type MonitorOptions, type SessionState } from "../protocol/index.js";
import { describeState, formatRow, TABLE_HEAD } from "./monitor-table.js";

const USAGE = `Usage: prisma-leak-lens monitor (--pid N | --attach HOST:PORT) [options]

  --pid N               watch this process; opens its inspector when that is safe, and closes it again
  --attach HOST:PORT    watch the process whose inspector listens there
  --interval MS         between two samples, ${INTERVAL_MS.min} to ${INTERVAL_MS.max} (default 1000)
  --duration S          detach after so many seconds (default: until Ctrl+C or the process ends)
  --format text|ndjson  a table (default), or one JSON object a line
  --database HOST:PORT  counts connections there as database connections; may be given several times
  --allow-remote        lets --attach reach other machines

Ends with 0 after detaching, 1 when the process ended or was lost, 2 when it could not attach.`;

interface Command {
	readonly target: AttachTarget;
	readonly options: MonitorOptions;
	readonly durationMs: number | null;
	readonly format: "text" | "ndjson";
}

class UsageError extends Error {}

/** Runs the sub-command on its own arguments; resolves with the exit code. */
export async function runMonitor(argv: readonly string[]): Promise<number> {
	if (argv.includes("--help")) {
		console.log(USAGE);
		return 0;
	}
	try {
		return await watch(parseCommand(argv));
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		console.error(`${error.message}\n\n${USAGE}`);
		return 2;
	}
}

async function watch(command: Command): Promise<number> {
	const { promise: over, resolve: end } = withResolvers<number>();
	let rows = 0;
	let timer: NodeJS.Timeout | undefined;
	const leave = () => void session.detach();
	const session = new MonitorSession(createProcessLister(), {
		state: (state) => {
			console.error(describeState(state));
			if (state.kind === "live" && command.durationMs !== null) timer ??= setTimeout(leave, command.durationMs);
			const code = exitCode(state);
			if (code !== null) end(code);
		},
		sample: (sample) => {
			if (command.format === "ndjson") return void process.stdout.write(`${JSON.stringify(sample)}\n`);
			if (rows++ % 20 === 0) console.log(TABLE_HEAD);
			console.log(formatRow(sample));
		},
		levels: () => {},
	});
	process.once("SIGINT", leave);
	process.once("SIGTERM", leave);
	// The reader of our output is gone, as after `| head`: nobody is left to watch for.
	process.stdout.once("error", leave);
	await session.attach(command.target, command.options);
	const code = await over;
	clearTimeout(timer);
	process.off("SIGINT", leave);
	process.off("SIGTERM", leave);
	process.stdout.off("error", leave);
	await session.dispose();
	return code;
}

function exitCode(state: SessionState): number | null {
	switch (state.kind) {
		case "detached":
		case "idle":
			return 0;
		case "gone":
			return 1;
		case "error":
			return 2;
		default:
			return null;
	}
}

function parseCommand(argv: readonly string[]): Command {
	const { pid, attach, interval, duration, format, database, "allow-remote": allowRemote } = parseFlags(argv);
	if ((pid === undefined) === (attach === undefined)) throw new UsageError("Say which process: either --pid or --attach.");
	if (format !== "text" && format !== "ndjson") throw new UsageError(`--format is text or ndjson, not "${format}".`);
	return {
		target:
			pid === undefined
				? parseAddress(attach ?? "")
				: { kind: "pid", pid: parseNumber("--pid", pid, 1, 2 ** 31 - 1), mayOpenInspector: true },
		options: {
			intervalMs: parseNumber("--interval", interval, INTERVAL_MS.min, INTERVAL_MS.max),
			databaseEndpoints: database,
			allowRemote,
		},
		durationMs: duration === undefined ? null : parseNumber("--duration", duration, 1, 10_000_000) * 1000,
		format,
	};
}

function parseFlags(argv: readonly string[]) {
	try {
		return parseArgs({
			args: [...argv],
			options: {
				pid: { type: "string" },
				attach: { type: "string" },
				interval: { type: "string", default: "1000" },
				duration: { type: "string" },
				format: { type: "string", default: "text" },
				database: { type: "string", multiple: true, default: [] },
				"allow-remote": { type: "boolean", default: false },
			},
		}).values;
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

function parseNumber(flag: string, text: string, low: number, high: number): number {
	const value = Number(text);
	if (!/^\d+$/.test(text) || value < low || value > high)
		throw new UsageError(`${flag} is a whole number from ${low} to ${high}, not "${text}".`);
	return value;
}

function parseAddress(text: string): AttachTarget {
	const [, host, port] = /^(?:ws:\/\/)?(\[[0-9a-fA-F:.]+\]|[\w.-]+):(\d{1,5})(?:\/[\w-]*)?$/.exec(text) ?? [];
	if (host === undefined || port === undefined) throw new UsageError(`--attach is HOST:PORT, such as 127.0.0.1:9229, not "${text}".`);
	return { kind: "address", host: host.replace(/^\[|\]$/g, ""), port: parseNumber("The port", port, 1, 65_535) };
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
	let resolve: (value: T) => void = () => {};
	const promise = new Promise<T>((settle) => {
		resolve = settle;
	});
	return { promise, resolve };
}
