/** `monitor --native-memory`: what the native memory of processes is made of. */
import { readNativeMemory } from "../monitor/index.js";
import { nativeMemoryText } from "../report/index.js";
import type { Command } from "./monitor-command.js";

const FAILED = 2;

/** Reads and prints, process by process, without attaching to any. Resolves with the exit code. */
export async function printNativeMemory({ targets, format }: Command): Promise<number> {
	let code = 0;
	for (const target of targets) {
		if (target.kind !== "pid") continue;
		const outcome = await readNativeMemory(target.pid);
		if (outcome.kind === "failed") {
			console.error(outcome.message);
			code = FAILED;
		} else console.log(format === "ndjson" ? JSON.stringify(outcome.memory) : nativeMemoryText(outcome.memory));
	}
	return code;
}
