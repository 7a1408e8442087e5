/** Entry of the suite inside VS Code: runs every bundled test file beside it. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";
import { RESULT_VARIABLE } from "./result.js";

const TEST_TIMEOUT_MS = 60_000;

export async function run(): Promise<void> {
	const mocha = new Mocha({ ui: "bdd", color: false, timeout: TEST_TIMEOUT_MS });
	for (const file of readdirSync(__dirname).filter((name) => name.endsWith(".test.js"))) mocha.addFile(join(__dirname, file));
	const failures = await new Promise<number>((resolve) => {
		const runner = mocha.run(resolve);
		runner.once("end", () => {
			const result = process.env[RESULT_VARIABLE];
			if (result) writeFileSync(result, JSON.stringify(runner.stats));
		});
	});
	if (failures > 0) throw new Error(`${failures} integration tests failed.`);
}
