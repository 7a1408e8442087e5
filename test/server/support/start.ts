import type { InitializeParams } from "vscode-languageserver-protocol/node";
import { connect, type TestClient } from "./client.js";
import { MemoryAnalysis } from "./memory-analysis.js";

export interface Started {
	readonly client: TestClient;
	/** The analysis of each folder by the last part of its URI; the first folder's is `analysis`. */
	readonly analyses: ReadonlyMap<string, MemoryAnalysis>;
	readonly analysis: MemoryAnalysis;
}

export interface StartOptions {
	/** Folder URI → its files on disk. */
	readonly folders?: Readonly<Record<string, Readonly<Record<string, string>>>>;
	readonly settings?: unknown;
	readonly params?: Partial<InitializeParams>;
	readonly gate?: Promise<void>;
}

export const ROOT = "file:///work/hotel";
export const LEAK = "const prisma = LEAK;\n";

/** A started server on memory folders; by default one folder with one leaky file and a shared client. */
export async function start({ folders, settings, params, gate }: StartOptions = {}): Promise<Started> {
	const disks = folders ?? { [ROOT]: { "src/a.ts": LEAK, "src/db.ts": "" } };
	const analyses = new Map<string, MemoryAnalysis>();
	const client = connect((root, initial) => {
		const analysis = new MemoryAnalysis(root, initial);
		if (gate !== undefined) analysis.gate = gate;
		for (const [file, text] of Object.entries(disks[`file://${root}`] ?? {})) analysis.disk.set(file, text);
		analyses.set(`file://${root}`, analysis);
		return analysis;
	});
	client.settings = settings ?? null;
	await client.initialize(Object.keys(disks), params);
	const analysis = await client.until("the first folder's analysis", () => analyses.values().next().value ?? null);
	return { client, analyses, analysis };
}

/** A gate that holds scans back until it is opened. */
export function closedGate(): { readonly gate: Promise<void>; readonly open: () => void } {
	let open = () => {};
	const gate = new Promise<void>((resolve) => {
		open = resolve;
	});
	return { gate, open };
}
