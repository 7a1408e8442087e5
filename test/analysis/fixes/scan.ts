import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { type Analysis, openProject } from "../../../src/analysis/index.js";

/** The analysis of a workspace that is on disk as long as the test runs. */
export async function scan(files: ReadonlyMap<string, string>): Promise<Analysis> {
	const folder = mkdtempSync(join(tmpdir(), "leak-lens-fix-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	for (const [path, text] of files) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	const analysis = openProject(folder);
	await analysis.scan();
	return analysis;
}
