import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../lib/paths.js";
import { start } from "../lib/processes.js";
import type { Outcome, Suite } from "./suite.js";

const VITEST = join(projectRoot, "node_modules", "vitest", "vitest.mjs");

/** The test files that the vitest configuration `config` finds. */
export function vitestSuite(name: string, config: string): Suite {
	return {
		name,
		async run() {
			const folder = await mkdtemp(join(tmpdir(), "prisma-leak-lens-vitest-"));
			try {
				const report = join(folder, "report.json");
				const args = [
					"run",
					"--config",
					config,
					"--root",
					projectRoot,
					"--reporter=default",
					"--reporter=json",
					`--outputFile.json=${report}`,
				];
				const onOutput = (text: string) => process.stdout.write(text);
				const code = await start(process.execPath, [VITEST, ...args], { cwd: projectRoot, onOutput }).exit();
				return outcomeOf(JSON.parse(await readFile(report, "utf8")), code);
			} finally {
				await rm(folder, { recursive: true, force: true });
			}
		},
	};
}

function outcomeOf(report: unknown, code: number): Outcome {
	const passed = numberAt(report, "numPassedTests");
	const failed = numberAt(report, "numFailedTests");
	const skipped = numberAt(report, "numPendingTests") + numberAt(report, "numTodoTests");
	if (passed + failed === 0) throw new Error("It ran no test.");
	return { passed, failed: code === 0 ? failed : Math.max(failed, 1), skipped };
}

function numberAt(report: unknown, key: string): number {
	const value: unknown = typeof report === "object" && report !== null ? Reflect.get(report, key) : undefined;
	if (typeof value !== "number") throw new Error(`The report of vitest has no ${key}.`);
	return value;
}
