import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DidChangeTextDocumentNotification } from "vscode-languageserver-protocol/node";
import type { ServerProcess } from "../server/support/server-process.js";
import type { BenchRow } from "./row.js";
import { ANSWER_TIMEOUT_MS, withServer } from "./server-process.js";
import { quantile } from "./statistics.js";
import { LARGE_FILE } from "./workspace.js";

const EDITS = 200;
const P50_MS = 10;
const P95_MS = 30;
/** Between two keys; nobody types faster. */
const PAUSE_MS = 20;

/** Keys typed into an open file of 1,000 lines, until the findings below them are published where they are now. */
export function wireEditBench(root: string): Promise<BenchRow[]> {
	return withServer(root, async (server) => {
		const text = readFileSync(join(root, LARGE_FILE), "utf8");
		const times = await typeInto(server, pathToFileURL(join(root, LARGE_FILE)).href, text);
		const p50 = quantile(times, 0.5);
		const p95 = quantile(times, 0.95);
		const detail = `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms over ${EDITS} edits, ${text.split("\n").length} lines among 4,000 files`;
		return [
			{ name: `edit to published diagnostics, p50 ÷ ${P50_MS} ms`, ratio: p50 / P50_MS, bound: 1, detail },
			{ name: `edit to published diagnostics, p95 ÷ ${P95_MS} ms`, ratio: p95 / P95_MS, bound: 1, detail },
		];
	});
}

/** A line break and its removal in turn, halfway down: each moves every finding below, so that each is published. */
async function typeInto({ client }: ServerProcess, uri: string, text: string): Promise<number[]> {
	const line = Math.floor(text.split("\n").length / 2);
	await client.open(uri, text);
	await client.handled();
	const times: number[] = [];
	for (let version = 2; version < EDITS + 2; version++) {
		await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
		const started = performance.now();
		const end = version % 2 === 0 ? { line, character: 0 } : { line: line + 1, character: 0 };
		await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
			textDocument: { uri, version },
			contentChanges: [{ range: { start: { line, character: 0 }, end }, text: version % 2 === 0 ? "\n" : "" }],
		});
		await client.until("the diagnostics", () => (client.diagnostics(uri)?.version === version ? true : null), ANSWER_TIMEOUT_MS);
		times.push(performance.now() - started);
	}
	return times;
}
