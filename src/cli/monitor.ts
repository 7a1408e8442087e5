/** `monitor`: watches processes from a terminal, or feeds their samples to another program. */
import { profileHeap } from "./heap-profile.js";
import { type MetricsServer, serveMetrics } from "./metrics-server.js";
import { type Command, parseCommand, USAGE } from "./monitor-command.js";
import { outputOf } from "./monitor-output.js";
import { printNativeMemory } from "./native-memory.js";
import { UsageError } from "./usage.js";
import { type ProcessListener, WatchedProcess } from "./watched-process.js";
import { WatchedWorkers } from "./watched-workers.js";

const ALERTED = 3;

/** Runs the sub-command on its own arguments; resolves with the exit code. @throws UsageError for arguments that cannot be used. */
export async function runMonitor(argv: readonly string[]): Promise<number> {
	if (argv.includes("--help") || argv.includes("-h")) {
		console.log(USAGE);
		return 0;
	}
	const command = await parseCommand(argv);
	if (command.nativeMemory) return printNativeMemory(command);
	return command.heapProfileSeconds === null ? watch(command) : profileHeap(command, command.heapProfileSeconds);
}

async function watch(command: Command): Promise<number> {
	const output = outputOf(command);
	let alerted = false;
	const listener: ProcessListener = {
		say: (text) => output.say(text),
		sample: (sample, judge) => output.show(sample, judge),
		over: (target) => output.forget?.(target),
		alert: () => {
			if (!command.alertExit) return;
			alerted = true;
			leave();
		},
	};
	const watched: WatchedProcess[] = [];
	const workers: WatchedWorkers[] = [];
	for (const target of command.targets) {
		const process = new WatchedProcess(target, command, listener);
		watched.push(process);
		if (command.workers) workers.push(new WatchedWorkers(process, target, command, listener));
	}
	const leave = () => {
		for (const process of [...workers, ...watched]) process.detach();
	};
	const metrics = await serve(command, () => watched.map((process) => process.metrics()).join(""));
	process.once("SIGINT", leave);
	process.once("SIGTERM", leave);
	// The reader of our output is gone, as after `| head`: nobody is left to watch for.
	process.stdout.once("error", leave);
	// One after the other: each inspector opens on the same port, and then moves away from it.
	for (const process of watched) await process.attach();
	for (const threads of workers) threads.start();
	const timer = command.durationMs === null ? undefined : setTimeout(leave, command.durationMs);
	const codes = await Promise.all(watched.map(({ over }) => over));
	clearTimeout(timer);
	process.off("SIGINT", leave);
	process.off("SIGTERM", leave);
	process.stdout.off("error", leave);
	metrics?.close();
	await Promise.all([...workers, ...watched].map((process) => process.dispose()));
	return alerted ? ALERTED : Math.max(...codes);
}

async function serve({ prometheusPort }: Command, text: () => string): Promise<MetricsServer | null> {
	if (prometheusPort === null) return null;
	const server = await serveMetrics(prometheusPort, text).catch((error: unknown) => {
		const reason = error instanceof Error ? error.message : String(error);
		throw new UsageError(`--prometheus ${prometheusPort} cannot be served: ${reason}. Choose another port, or 0 for any that is free.`);
	});
	console.error(`Metrics are at ${server.url}.`);
	return server;
}
