import type { FileFacts, FunctionId } from "../facts/index.js";
import { nameIndex } from "../summaries/name-index.js";
import type { Workspace } from "../workspace/index.js";
import type { ImportGraph } from "./import-graph.js";
import type { SourceStore } from "./source-store.js";

/** Files read for the sake of who closes what. */
const MAX_OPENED = 400;

/** Functions of a file that close something, by name. */
interface Closing {
	readonly file: string;
	readonly names: readonly string[];
}

/**
 * Opens the files that call a function which closes a client or an interval, directly or through wrappers: whether somebody calls it,
 * and whether a handler does, is known only then. Only importers whose text holds such a call are read.
 */
export function openCloserCalls(store: SourceStore, workspace: Workspace, imports: ImportGraph): void {
	const seen = new Set<string>();
	const open: Closing[] = [];
	const push = (file: string, facts: FileFacts, direct: readonly string[]): void => {
		const names = namesAround(facts, direct).filter((name) => !seen.has(`${file}#${name}`));
		for (const name of names) seen.add(`${file}#${name}`);
		if (names.length > 0) open.push({ file, names });
	};
	for (const file of store.openedFiles) {
		const facts = store.facts(file);
		if (facts && workspace.roleOf(file) === "app") push(file, facts, ["$disconnect", "clearInterval"]);
	}
	let opened = 0;
	for (let closing = open.pop(); closing !== undefined; closing = open.pop()) {
		const calls = closing.names.map((name) => `${name}(`);
		for (const importer of importersThrough(imports, closing.file)) {
			if (workspace.roleOf(importer) !== "app") continue;
			const isNew = !store.isOpen(importer);
			if (isNew && (opened >= MAX_OPENED || !calls.some((call) => store.mentions(importer, call)))) continue;
			if (isNew) opened++;
			const facts = store.open(importer);
			if (facts) push(importer, facts, closing.names);
		}
	}
}

const MAX_ROUNDS = 3;

/** Names of the functions and methods that call one of these, themselves or through others of the file. */
function namesAround(facts: FileFacts, called: readonly string[]): string[] {
	const { calls } = nameIndex(facts);
	const found = new Set<string>();
	let names = called;
	for (let round = 0; round < MAX_ROUNDS && names.length > 0; round++) {
		const sites = names.flatMap((name) => calls.get(name) ?? []);
		names = sites.flatMap((index) => outerName(facts, facts.calls[index]?.function ?? 0) ?? []).filter((name) => !found.has(name));
		for (const name of names) found.add(name);
	}
	return [...found];
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

/** Opens what the files that hook into a client import: the classes and helpers that their listeners feed. */
export function openHookImports(store: SourceStore, workspace: Workspace, imports: ImportGraph): void {
	for (const file of store.openedFiles) {
		const facts = store.facts(file);
		if (!facts || workspace.roleOf(file) !== "app") continue;
		const { calls } = nameIndex(facts);
		if (!calls.has("$on") && !calls.has("$use") && !calls.has("$extends")) continue;
		for (const imported of imports.importsOf(file)) store.open(imported);
	}
}
