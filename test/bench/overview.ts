import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { filterLeaks } from "../../src/extension/views/leak-filter.js";
import { LeakStore } from "../../src/extension/views/leak-store.js";
import { leakTree, type TreeNode } from "../../src/extension/views/leak-tree.js";
import { isOverview, OverviewMethod } from "../../src/protocol/index.js";
import type { ServerProcess } from "../server/support/server-process.js";
import type { BenchRow } from "./row.js";
import { withScratch } from "./scratch.js";
import { withServer } from "./server-process.js";
import { quantile } from "./statistics.js";

const FILES = 100;
const PER_FILE = 100;
const RUNS = 20;
/** What a person takes for at once. */
const OPEN_MS = 200;
/** One frame of 60 a second. */
const DRAW_MS = 16;

/** The tree of 10,000 findings: from the request at the wire to its top, and what each later drawing costs the editor. */
export function overviewBench(): Promise<BenchRow[]> {
	return withScratch(async (root) => {
		await writeLeaks(root);
		return withServer(root, async (server) => {
			const opened: number[] = [];
			let store = new LeakStore();
			for (let run = 0; run < RUNS; run++) {
				const started = performance.now();
				store = await open(server);
				top(store);
				opened.push(performance.now() - started);
			}
			const drawn = Array.from({ length: RUNS }, () => redraw(store));
			const [open95, draw95] = [quantile(opened, 0.95), quantile(drawn, 0.95)];
			const detail = `p50 ${quantile(opened, 0.5).toFixed(0)} ms, p95 ${open95.toFixed(0)} ms, ${store.leaks.length} findings`;
			return [
				{ name: `overview at the wire to its tree, p95 ÷ ${OPEN_MS} ms`, ratio: open95 / OPEN_MS, bound: 1, detail },
				{
					name: `filtering and drawing the tree, p95 ÷ ${DRAW_MS} ms`,
					ratio: draw95 / DRAW_MS,
					bound: 1,
					detail: `p50 ${quantile(drawn, 0.5).toFixed(1)} ms, p95 ${draw95.toFixed(1)} ms, one heading of each level opened`,
				},
			];
		});
	});
}

async function open({ client }: ServerProcess): Promise<LeakStore> {
	const overview: unknown = await client.connection.sendRequest(OverviewMethod.open);
	if (!isOverview(overview)) throw new Error("The server answered with something else than an overview.");
	const store = new LeakStore();
	store.reset(overview);
	if (store.leaks.length < FILES * PER_FILE) throw new Error(`Only ${store.leaks.length} findings.`);
	return store;
}

function top(store: LeakStore): readonly TreeNode[] {
	return leakTree(store.leaks, { grouping: "rule", folders: store.folders });
}

function redraw(store: LeakStore): number {
	const started = performance.now();
	const leaks = filterLeaks(store.leaks, { text: "transaction", severities: ["error", "warning"] });
	let nodes = leakTree(leaks, { grouping: "rule", folders: store.folders });
	while (nodes.length > 0) {
		const [first] = nodes;
		nodes = first === undefined || first.kind === "leak" ? [] : first.children();
	}
	return performance.now() - started;
}

/** Transactions that wait for a hundred calls each. */
async function writeLeaks(root: string): Promise<void> {
	await mkdir(join(root, "src"), { recursive: true });
	await writeFile(join(root, "package.json"), '{"name":"many","type":"module","dependencies":{"@prisma/client":"6.12.0"}}');
	await writeFile(join(root, "src/db.ts"), `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`);
	const calls = Array.from({ length: PER_FILE }, (_, index) => `\t\tawait fetch("https://pay.example/${index}");`).join("\n");
	for (let index = 0; index < FILES; index++) {
		const text = `import { prisma } from "./db.js";\nexport const pay${index} = () =>\n\tprisma.$transaction(async (tx) => {\n\t\tawait tx.room.findMany();\n${calls}\n\t});\n`;
		await writeFile(join(root, `src/pay${index}.ts`), text);
	}
}
