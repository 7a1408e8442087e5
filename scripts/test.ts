/** `npm test`: every suite in order, each with its outcome; `npm test -- unit e2e` runs those named. */
import { say, seconds } from "./lib/progress.js";
import { ensureBrowser } from "./lib/system-packages.js";
import { runToTheEnd } from "./lib/teardown.js";
import { commandSuite } from "./suites/command.js";
import { exampleSuite } from "./suites/example.js";
import { integrationSuite } from "./suites/integration.js";
import type { Outcome, Suite } from "./suites/suite.js";
import { vitestSuite } from "./suites/vitest.js";

const SUITES: readonly Suite[] = [
	commandSuite("lint", "npm", ["run", "--silent", "lint"]),
	commandSuite("typecheck", "npm", ["run", "--silent", "typecheck"]),
	exampleSuite,
	vitestSuite("unit", "vitest.config.ts"),
	vitestSuite("webview", "test/webview/vitest.config.ts"),
	vitestSuite("runtime", "test/runtime/vitest.config.ts"),
	integrationSuite,
	vitestSuite("e2e", "test/e2e/vitest.config.ts"),
];

async function main(): Promise<number> {
	const chosen = chooseSuites(process.argv.slice(2));
	await ensureBrowser().catch((error: unknown) => say(`${error instanceof Error ? error.message : error}`));
	const outcomes: Outcome[] = [];
	for (const suite of chosen) outcomes.push(await runSuite(suite));

	const sum = (key: keyof Outcome) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
	console.log(`\n${chosen.map(({ name }, at) => describe(name, outcomes[at])).join("\n")}`);
	console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
	return sum("failed") === 0 ? 0 : 1;
}

function chooseSuites(names: readonly string[]): readonly Suite[] {
	const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
	if (unknown.length > 0) {
		throw new Error(`No suite is called ${unknown.join(", ")}. There are: ${SUITES.map((suite) => suite.name).join(", ")}.`);
	}
	return names.length === 0 ? SUITES : SUITES.filter((suite) => names.includes(suite.name));
}

async function runSuite(suite: Suite): Promise<Outcome> {
	const start = Date.now();
	console.log(`\n━━ ${suite.name}`);
	try {
		const outcome = await suite.run();
		console.log(`━━ ${describe(suite.name, outcome)} in ${seconds(start)}`);
		return outcome;
	} catch (error) {
		console.log(`━━ ${suite.name}: COULD NOT RUN, counted as failed: ${error instanceof Error ? error.message : error}`);
		return { passed: 0, failed: 1, skipped: 0 };
	}
}

function describe(name: string, outcome: Outcome | undefined): string {
	if (!outcome) return name;
	const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} SKIPPED` : "";
	return `${name}: ${outcome.passed} passed, ${outcome.failed} failed${skipped}`;
}

void runToTheEnd(main);
