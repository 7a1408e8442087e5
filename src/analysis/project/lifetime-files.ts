import type { FileFacts, FunctionId } from "../facts/index.js";
import { Table } from "../incremental/index.js";
import type { Linker } from "../summaries/linker.js";
import { nameIndex } from "../summaries/name-index.js";
import type { Workspace } from "../workspace/index.js";
import type { ImportGraph } from "./import-graph.js";

/** Files read for the sake of who closes what. */
const MAX_ADDED = 400;
const CLOSERS: readonly string[] = ["$disconnect", "clearInterval"];

/** Functions of a file that close something, by name. */
interface Closing {
	readonly file: string;
	readonly names: readonly string[];
}

/** Finds files that say how long clients and intervals live, and what their listeners feed. */
export class LifetimeFiles {
	readonly #closing: Table<string, readonly string[]>;
	readonly #callers: Table<string, readonly Closing[]>;
	readonly #hooked: Table<string, readonly string[]>;
	readonly #enders: Table<string, readonly string[]>;
	readonly #timed: Table<string, readonly string[]>;

	constructor(
		private readonly linker: Linker,
		private readonly workspace: Workspace,
		private readonly imports: ImportGraph,
	) {
		this.#closing = new Table(linker.derivations);
		this.#callers = new Table(linker.derivations);
		this.#hooked = new Table(linker.derivations);
		this.#enders = new Table(linker.derivations);
		this.#timed = new Table(linker.derivations);
	}

	/** Adds what the files that hook into a client import: the classes and helpers that their listeners feed. */
	addHookImports(files: Set<string>): void {
		for (const file of [...files]) for (const imported of this.#hooked.get(file, () => this.#hookImports(file))) files.add(imported);
	}

	/** Adds the files that import a client's module and start intervals: they need not speak of Prisma. */
	addIntervals(files: Set<string>): void {
		for (const file of [...files]) for (const timed of this.#timed.get(file, () => this.#timedBy(file))) files.add(timed);
	}

	/** Adds the files that end the pool of a module they import. */
	addPoolEnds(files: Set<string>): void {
		for (const file of [...files]) for (const ender of this.#enders.get(file, () => this.#endersOf(file))) files.add(ender);
	}

	/**
	 * Adds the files that call a function which closes a client or an interval, directly or through wrappers: whether somebody calls
	 * it, and whether a handler does, is known only then. Only importers whose text holds such a call are read.
	 */
	addCloserCalls(files: Set<string>): void {
		const seen = new Set<string>();
		const open: Closing[] = [];
		const push = (file: string, closing: readonly string[]): void => {
			const names = closing.filter((name) => !seen.has(`${file}#${name}`));
			for (const name of names) seen.add(`${file}#${name}`);
			if (names.length > 0) open.push({ file, names });
		};
		for (const file of [...files].sort()) push(file, this.#namesAround(file, CLOSERS));
		let added = 0;
		for (let closing = open.pop(); closing !== undefined; closing = open.pop()) {
			const { file, names } = closing;
			for (const caller of this.#callers.get(`${file}#${names.join()}`, () => this.#callersOf(file, names))) {
				if (!files.has(caller.file)) {
					if (added >= MAX_ADDED) continue;
					added++;
					files.add(caller.file);
				}
				push(caller.file, caller.names);
			}
		}
	}

	#hookImports(file: string): readonly string[] {
		const facts = this.workspace.roleOf(file) === "app" ? this.linker.facts(file) : undefined;
		if (!facts) return [];
		const { calls } = nameIndex(facts);
		return calls.has("$on") || calls.has("$use") || calls.has("$extends") ? this.imports.importsOf(file) : [];
	}

	#timedBy(file: string): readonly string[] {
		if (this.workspace.roleOf(file) !== "app" || !this.imports.text(file)?.opensConnections) return [];
		return this.imports
			.importersThrough(file)
			.filter((importer) => this.workspace.roleOf(importer) === "app" && this.imports.mentions(importer, "setInterval("));
	}

	#endersOf(file: string): readonly string[] {
		const facts = this.workspace.roleOf(file) === "app" ? this.linker.facts(file) : undefined;
		const isPoolModule = facts !== undefined && (nameIndex(facts).news.get("Pool") ?? []).some((id) => facts.news[id]?.function === 0);
		if (!isPoolModule) return [];
		return this.imports
			.importersThrough(file)
			.filter((importer) => this.workspace.roleOf(importer) === "app" && this.imports.mentions(importer, ".end("));
	}

	#callersOf(file: string, names: readonly string[]): readonly Closing[] {
		// Called, or handed over: `process.on("SIGTERM", close)`, `close.bind(manager)`.
		const calls = names.flatMap((name) => [`${name}(`, `${name})`, `${name},`, `${name}.bind(`]);
		return this.imports.importersThrough(file).flatMap((importer): Closing[] => {
			if (this.workspace.roleOf(importer) !== "app" || !calls.some((call) => this.imports.mentions(importer, call))) return [];
			return this.linker.facts(importer) ? [{ file: importer, names: this.#namesAround(importer, names) }] : [];
		});
	}

	/** Names of an app file's functions and methods that call one of these, themselves or through others of the file. */
	#namesAround(file: string, called: readonly string[]): readonly string[] {
		return this.#closing.get(`${file}#${called.join()}`, () => {
			const facts = this.workspace.roleOf(file) === "app" ? this.linker.facts(file) : undefined;
			return facts ? namesAround(facts, called) : [];
		});
	}
}

const MAX_ROUNDS = 3;

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
