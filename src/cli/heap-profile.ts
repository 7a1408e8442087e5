/** `monitor --heap-profile`: which functions allocated what a process holds. */
import { createProcessLister, heapProfilePrice, MonitorSession } from "../monitor/index.js";
import type { Sample } from "../protocol/index.js";
import { heapProfileText } from "../report/index.js";
import { exitCode } from "./exit-code.js";
import type { Command } from "./monitor-command.js";
import { describeState } from "./monitor-table.js";
import { UsageError } from "./usage.js";
import { withResolvers } from "./with-resolvers.js";

const FAILED = 2;

/** Attaches, profiles, prints and detaches. Resolves with the exit code. */
export async function profileHeap({ targets, options, format }: Command, seconds: number): Promise<number> {
	const [target, another] = targets;
	if (target === undefined || another !== undefined) throw new UsageError("--heap-profile is for one process at a time.");
	const { promise: over, resolve: end } = withResolvers<number>();
	const { promise: measured, resolve: show } = withResolvers<Sample>();
	const leave = () => void session.detach();
	const session = new MonitorSession(createProcessLister(), {
		state: (state) => {
			console.error(describeState(state));
			const code = exitCode(state);
			if (code !== null) end(code);
		},
		sample: show,
		levels: () => {},
	});
	process.once("SIGINT", leave);
	process.once("SIGTERM", leave);
	await session.attach(target, options);
	const profile = async (): Promise<number> => {
		console.error(heapProfilePrice(seconds, (await measured).memory.heapUsed));
		const outcome = await session.profileHeap(seconds);
		if (outcome.kind === "failed") {
			console.error(outcome.message);
			return FAILED;
		}
		console.log(format === "ndjson" ? JSON.stringify(outcome.profile) : heapProfileText(outcome.profile));
		return 0;
	};
	const code = await Promise.race([over, profile()]);
	process.off("SIGINT", leave);
	process.off("SIGTERM", leave);
	await session.dispose();
	return code;
}
