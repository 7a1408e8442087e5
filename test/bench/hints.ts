import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CodeLensRequest, HoverRequest, InlayHintRequest } from "vscode-languageserver-protocol/node";
import type { ServerProcess } from "../server/support/server-process.js";
import type { BenchRow } from "./row.js";
import { ANSWER_TIMEOUT_MS, withServer } from "./server-process.js";
import { quantile } from "./statistics.js";

const HINTED_FILE = "src/services/hinted.ts";
const BLOCKS = 20;
const EDITS = 200;
const BUDGET_MS = 10;
/** What an editor asks of one view of a file, each as a request of its own. */
const REQUESTS = ["hints", "code lenses", "hover"] as const;

/** After each edit of a file of 1,000 lines with 20 clients, what an editor asks for it at the wire, among the 4,000 files of `root`. */
export async function hintsBench(root: string): Promise<BenchRow[]> {
	const text = hintedFile();
	await writeFile(join(root, HINTED_FILE), text);
	const times = await withServer(root, (server) => measure(server, pathToFileURL(join(root, HINTED_FILE)).href, text));
	return REQUESTS.map((request) => {
		const p50 = quantile(times[request], 0.5);
		const p95 = quantile(times[request], 0.95);
		return {
			name: `${request} of 1,000 lines, p95 ÷ ${BUDGET_MS} ms`,
			ratio: p95 / BUDGET_MS,
			bound: 1,
			detail: `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms over ${EDITS} edits, ${text.split("\n").length} lines with ${BLOCKS} clients`,
		};
	});
}

async function measure({ client }: ServerProcess, uri: string, text: string): Promise<Record<(typeof REQUESTS)[number], number[]>> {
	const times: Record<(typeof REQUESTS)[number], number[]> = { hints: [], "code lenses": [], hover: [] };
	const timed = async (request: (typeof REQUESTS)[number], ask: () => Promise<unknown>) => {
		const started = performance.now();
		await ask();
		times[request].push(performance.now() - started);
	};
	const textDocument = { uri };
	const range = { start: { line: 0, character: 0 }, end: { line: text.split("\n").length, character: 0 } };
	await client.open(uri, text);
	for (let version = 2; version < EDITS + 2; version++) {
		await client.change(uri, version, `${"\n".repeat((version + 1) % 2)}${text}`);
		await client.until("the diagnostics", () => (client.diagnostics(uri)?.version === version ? true : null), ANSWER_TIMEOUT_MS);
		await timed("hints", () => client.connection.sendRequest(InlayHintRequest.type, { textDocument, range }));
		await timed("code lenses", () => client.connection.sendRequest(CodeLensRequest.type, { textDocument }));
		await timed("hover", () =>
			client.connection.sendRequest(HoverRequest.type, { textDocument, position: { line: 3 + ((version + 1) % 2), character: 30 } }),
		);
	}
	return times;
}

/** Clients with pools of their own, transactions with limits, and what stands between them. */
function hintedFile(): string {
	const blocks = Array.from({ length: BLOCKS }, (_, index) => {
		const filler = Array.from(
			{ length: 42 },
			(_, line) => `export const rate${index}x${line} = (value: number): number => value * ${line + 1};`,
		);
		return `const client${index} = new PrismaClient({ adapter: new PrismaPg({ max: ${index + 8}, idleTimeoutMillis: 120_000 }) });
export const rooms${index} = () =>
	client${index}.$transaction((tx) => tx.room.findMany(), { maxWait: 30_000, timeout: 10_000 });
${filler.join("\n")}
`;
	});
	return `import { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "../generated/prisma/client.js";\n\n${blocks.join("\n")}`;
}
