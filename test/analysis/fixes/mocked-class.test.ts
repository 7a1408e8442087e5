import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { readFixtures } from "./fixture.js";

const MODULES = join(import.meta.dirname, "../../../node_modules");

/** Runs a fixture's own tests in a process of their own; their output, with the numbers of tests that passed and failed. */
function runTests(files: ReadonlyMap<string, string>): string {
	const folder = mkdtempSync(join(tmpdir(), "leak-lens-mocked-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	symlinkSync(MODULES, join(folder, "node_modules"));
	for (const [path, text] of files) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	const args = [join(MODULES, "vitest/vitest.mjs"), "run", "--root", folder, "--reporter", "json"];
	return spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" }).stdout;
}

const PASSED = expect.stringContaining('"numPassedTests":1,"numFailedTests":0');

it("A test that mocks the class goes on to reach the client, through the shared one's module", () => {
	const fixture = readFixtures("use-singleton").find(({ name }) => name === "use-singleton/ts-esm/mocked-class");
	if (!fixture) throw new Error("The fixture is gone.");
	expect(runTests(fixture.before)).toEqual(PASSED);
	const after = new Map([...fixture.before, ...fixture.after]);
	expect(runTests(after)).toEqual(PASSED);
	// It would fail if the file had a client that the mock does not reach.
	const unmocked = `export const users = async () => [];\n`;
	expect(runTests(new Map([...after, ["src/users.ts", unmocked]]))).not.toEqual(PASSED);
}, 120_000);
