/** `monitor`: watches one process from a terminal, or feeds its samples to another program. */
import { createProcessLister, Judge, MonitorSession, PrometheusExporter } from "../monitor/index.js";
import type { Sample, SessionState } from "../protocol/index.js";
import { type MetricsServer, serveMetrics } from "./metrics-server.js";
import { type Command, parseCommand, USAGE } from "./monitor-command.js";
import { redraw, screenLines } from "./monitor-screen.js";
import { describeState, formatRow, TABLE_HEAD } from "./monitor-table.js";
import { UsageError } from "./usage.js";

const ALERTED = 3;
/** Of a terminal that does not say how wide it is. */
const USUAL_COLUMNS = 80;

/** Runs the sub-command on its own arguments; resolves with the exit code. */
export async function runMonitor(argv: readonly string[]): Promise<number> {
	if (argv.includes("--help")) {
		console.log(USAGE);
		return 0;
	}
	try {
		return await watch(await parseCommand(argv));
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		console.error(`${error.message}\n\n${USAGE}`);
		return 2;
	}
}

async function watch(command: Command): Promise<number> {
	const { promise: over, resolve: end } = withResolvers<number>();
	const judge = new Judge(command.thresholds);
	const output = outputOf(command, judge);
	const exporter = new PrometheusExporter();
	let isLive = false;
	let alerted = false;
	let timer: NodeJS.Timeout | undefined;
	const leave = () => void session.detach();
	const metrics = await serve(command, () => exporter.text(isLive));
	const session = new MonitorSession(createProcessLister(), {
		state: (state) => {
			output.say(describeState(state));
			isLive = state.kind === "live";
			if (isLive && command.durationMs !== null) timer ??= setTimeout(leave, command.durationMs);
			const code = exitCode(state);
			if (code !== null) end(code);
		},
		sample: (sample) => {
			const raised = judge.next(sample);
			exporter.next(sample, judge.judgement);
			output.show(sample);
			for (const { message, cause } of raised) output.say(`${message} ${cause}`);
			if (raised.length === 0 || !command.alertExit) return;
			alerted = true;
			leave();
		},
		levels: (levels) => {
			for (const { level, status, note } of levels)
				if (status === "failed") output.say(`The level ${level} could not be turned on. ${note ?? ""}`);
		},
	});
	process.once("SIGINT", leave);
	process.once("SIGTERM", leave);
	// The reader of our output is gone, as after `| head`: nobody is left to watch for.
	process.stdout.once("error", leave);
	await session.attach(command.target, command.options);
	for (const level of command.levels) await session.setLevel(level, true);
	const code = await over;
	clearTimeout(timer);
	process.off("SIGINT", leave);
	process.off("SIGTERM", leave);
	process.stdout.off("error", leave);
	metrics?.close();
	await session.dispose();
	return alerted ? ALERTED : code;
}

async function serve({ prometheusPort }: Command, text: () => string): Promise<MetricsServer | null> {
	if (prometheusPort === null) return null;
	const server = await serveMetrics(prometheusPort, text).catch((error: unknown) => {
		throw new UsageError(`--prometheus ${prometheusPort}: ${error instanceof Error ? error.message : String(error)}`);
	});
	console.error(`Metrics are at ${server.url}.`);
	return server;
}

interface Output {
	show(sample: Sample): void;
	/** Something besides the samples, on stderr. */
	say(text: string): void;
}

/** A line of JSON a sample, a table that is drawn over, or a row a sample where the output is no terminal. */
function outputOf({ format, thresholds }: Command, judge: Judge): Output {
	const say = (text: string) => console.error(text);
	if (format === "ndjson") return { say, show: (sample) => void process.stdout.write(`${JSON.stringify(sample)}\n`) };
	let drawn = 0;
	if (process.stdout.isTTY)
		return {
			// What is said stands above the next table.
			say: (text) => {
				say(text);
				drawn = 0;
			},
			show: (sample) => {
				const lines = screenLines(sample, judge.judgement, thresholds);
				process.stdout.write(redraw(lines, drawn, process.stdout.columns || USUAL_COLUMNS));
				drawn = lines.length;
			},
		};
	return {
		say,
		show: (sample) => {
			if (drawn++ % 20 === 0) console.log(TABLE_HEAD);
			console.log(formatRow(sample));
		},
	};
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

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
	let resolve: (value: T) => void = () => {};
	const promise = new Promise<T>((settle) => {
		resolve = settle;
	});
	return { promise, resolve };
}
