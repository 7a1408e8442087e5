import type { FileFacts, FunctionId } from "../facts/index.js";
import { nameIndex } from "../summaries/name-index.js";
import type { Workspace } from "../workspace/index.js";
import type { ImportGraph } from "./import-graph.js";
import type { SourceStore } from "./source-store.js";

/** Files read for the sake of who closes what. */
const MAX_OPENED = 400;

/**
 * Opens the files that call a function which closes a client, a pool or an interval: whether somebody calls it, and whether a
 * handler does, is known only then. Only importers whose text holds such a call are read.
 */
export function openCloserCalls(store: SourceStore, workspace: Workspace, imports: ImportGraph): void {
	let opened = 0;
	for (const file of store.openedFiles) {
		const facts = store.facts(file);
		if (!facts || workspace.roleOf(file) !== "app") continue;
		const calls = closingNames(facts).map((name) => `${name}(`);
		if (calls.length === 0) continue;
		for (const importer of importersThrough(imports, file)) {
			if (opened >= MAX_OPENED) return;
			const text = imports.text(importer)?.matters ? undefined : store.text(importer);
			if (text === undefined || !calls.some((call) => text.includes(call))) continue;
			opened++;
			store.open(importer);
		}
	}
}

/** Names of the functions and methods in which something is closed. */
function closingNames(facts: FileFacts): string[] {
	const { calls } = nameIndex(facts);
	const sites = ["$disconnect", "clearInterval"].flatMap((name) => calls.get(name) ?? []);
	return [...new Set(sites.flatMap((index) => outerName(facts, facts.calls[index]?.function ?? 0) ?? []))];
}

function outerName(facts: FileFacts, at: FunctionId): string | null {
	let name: string | null = null;
	for (let id: FunctionId | null = at; id !== null && id !== 0; ) {
		const fact: FileFacts["functions"][number] | undefined = facts.functions[id];
		const own = fact?.name ?? (fact?.sink.k === "variable" ? facts.bindings[fact.sink.binding]?.name : undefined);
		if (own) name = own;
		id = fact?.parent ?? null;
	}
	return name === "constructor" ? null : name;
}

/** Files that import a file, also through modules that pass it on. */
function importersThrough(imports: ImportGraph, file: string): ReadonlySet<string> {
	const found = new Set<string>();
	const open = [file];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		for (const importer of imports.importersOf(next)) {
			if (found.has(importer) || importer === file) continue;
			found.add(importer);
			if (imports.text(importer)?.isBarrel) open.push(importer);
		}
	}
	return found;
}
