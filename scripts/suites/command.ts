import { projectRoot } from "../lib/paths.js";
import { start } from "../lib/processes.js";
import type { Suite } from "./suite.js";

/** One command line as a suite of one test: it passes when it ends with 0. */
export function commandSuite(name: string, command: string, args: readonly string[]): Suite {
	return {
		name,
		async run() {
			const onOutput = (text: string) => process.stdout.write(text);
			const code = await start(command, args, { cwd: projectRoot, onOutput }).exit();
			return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
		},
	};
}
