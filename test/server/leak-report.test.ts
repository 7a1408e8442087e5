import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AnalysisMethod } from "../../src/protocol/index.js";
import { recordedSeries } from "../support/recordings.js";
import { LEAK, ROOT, start } from "./support/start.js";

const NOTHING = { recording: null, since: null, baseline: null, load: null, format: "html" };

async function startLeaky() {
	const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK } } });
	await client.until("diagnostics", () => client.diagnostics(`${ROOT}/src/a.ts`));
	return client;
}

describe("the leak report", () => {
	it("is that of the folder that holds what is asked for, with what was recorded", async () => {
		const client = await startLeaky();
		const folder = await mkdtemp(join(tmpdir(), "leak-lens-"));
		const recording = join(folder, "hotel.ndjson");
		await writeFile(
			recording,
			recordedSeries("leaky-hotel")
				.map((sample) => `${JSON.stringify(sample)}\n`)
				.join(""),
		);
		const text = await client.connection.sendRequest(AnalysisMethod.leakReport, {
			...NOTHING,
			uri: `${ROOT}/src/a.ts`,
			recording,
			format: "markdown",
		});
		await rm(folder, { recursive: true });
		expect(text).toMatch(
			/^# 1 error in hotel, above all: several PrismaClients side by side \(1 place\)\nMeasured over .* of hotel\.ndjson/,
		);
		expect(text).toContain("`src/a.ts:1`");
	});

	it("goes without a recording that cannot be read", async () => {
		const client = await startLeaky();
		const text = await client.connection.sendRequest(AnalysisMethod.leakReport, { ...NOTHING, uri: ROOT, recording: "/no/such" });
		expect(text).toMatch(/^<!doctype html>[\s\S]*Nothing was measured/);
	});

	it("is none of a folder that nobody opened, and refuses what asks for none", async () => {
		const client = await startLeaky();
		expect(await client.connection.sendRequest(AnalysisMethod.leakReport, { ...NOTHING, uri: "file:///other" })).toBeNull();
		await expect(client.connection.sendRequest(AnalysisMethod.leakReport, { uri: ROOT })).rejects.toThrow("takes");
	});
});
