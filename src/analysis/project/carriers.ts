import type { FileFacts } from "../facts/index.js";
import { Table } from "../incremental/index.js";
import { calleeName } from "../summaries/constants.js";
import type { Creations } from "../summaries/creations.js";
import type { Linker } from "../summaries/linker.js";
import { nameIndex } from "../summaries/name-index.js";
import { retention } from "../summaries/retention.js";
import type { Workspace } from "../workspace/index.js";
import { type Carrier, carrierAt } from "./carrier.js";
import type { ImportGraph } from "./import-graph.js";
import { intervalCarriers } from "./interval-carriers.js";

/** A file that imports a carrier's, and those of its own classes and functions that use the carrier. */
interface Importer {
	readonly file: string;
	readonly carriers: readonly Carrier[];
}

const MAX_CARRIERS = 2_000;

/**
 * The files from which clients are made, and intervals started, through classes and functions of other files: who builds
 * `TenantController`, whose services build clients. Only importers that speak of a carrier's name are read.
 */
export class CarrierFiles {
	readonly #timers: Table<string, readonly string[]>;
	readonly #own: Table<string, readonly Carrier[]>;
	readonly #inFile: Table<string, readonly Carrier[]>;
	readonly #importers: Table<string, readonly Importer[]>;

	constructor(
		private readonly linker: Linker,
		private readonly workspace: Workspace,
		private readonly imports: ImportGraph,
		private readonly creations: Creations,
	) {
		this.#timers = new Table(linker.derivations);
		this.#own = new Table(linker.derivations);
		this.#inFile = new Table(linker.derivations);
		this.#importers = new Table(linker.derivations);
	}

	/** Adds them to the files under analysis. */
	addTo(files: Set<string>): void {
		for (const file of [...files]) for (const timer of this.#timers.get(file, () => this.#timersOf(file))) files.add(timer);
		const seen = new Set<string>();
		const open = [...files].sort().flatMap((file) => this.#own.get(file, () => this.#carriersOf(file)));
		for (let carrier = open.pop(); carrier && seen.size < MAX_CARRIERS; carrier = open.pop()) {
			const { file, name } = carrier;
			const key = `${file}#${name}`;
			if (seen.has(key)) continue;
			seen.add(key);
			open.push(...this.#inFile.get(key, () => this.#usersIn(file, name)));
			for (const importer of this.#importers.get(key, () => this.#importersOf({ file, name }))) {
				files.add(importer.file);
				open.push(...importer.carriers);
			}
		}
	}

	/** Files of the classes that a file's own classes build or extend and that start intervals. */
	#timersOf(file: string): readonly string[] {
		const facts = this.workspace.roleOf(file) === "app" ? this.linker.facts(file) : undefined;
		if (!facts || facts.classes.length === 0) return [];
		const built = facts.news.filter(({ function: at }) => facts.functions[at]?.classId != null).map(({ callee }) => callee);
		return [...built, ...facts.classes.map(({ superClass }) => superClass)].flatMap((used) => {
			const imported = used?.k === "binding" ? facts.bindings[used.id]?.imported : undefined;
			if (!imported) return [];
			const resolution = this.linker.resolver.resolve(file, imported.specifier);
			return resolution.kind === "file" && this.imports.mentions(resolution.path, "setInterval(") ? [resolution.path] : [];
		});
	}

	/** What makes a file's own clients, or starts its intervals, anew each time. */
	#carriersOf(file: string): readonly Carrier[] {
		const role = this.workspace.roleOf(file);
		const facts = role === "app" || role === "test" ? this.linker.facts(file) : undefined;
		if (!facts) return [];
		const timers = role === "app" ? intervalCarriers(file, facts) : [];
		const makers = this.creations.sitesIn(file).flatMap(({ fact }) => {
			const kept = retention(this.linker, file, fact);
			const isMadeAnew = fact.function !== 0 && (kept.k !== "kept" || kept.where === "instance");
			return isMadeAnew ? carrierAt(file, facts, fact.function) : [];
		});
		return [...makers, ...timers];
	}

	/** Classes and functions of a file that call, build or extend something of that name. */
	#usersIn(file: string, name: string): readonly Carrier[] {
		const facts = this.linker.facts(file);
		if (!facts) return [];
		const extending = (nameIndex(facts).extending.get(name) ?? []).flatMap((id) => facts.classes[id]?.name ?? []);
		const users = [...facts.calls, ...facts.news].flatMap((site) => {
			const { callee } = site;
			const isUse =
				calleeName(this.linker, file, callee) === name || (callee.k === "member" && calleeName(this.linker, file, callee.of) === name);
			return isUse && site.function !== 0 ? carrierAt(file, facts, site.function) : [];
		});
		return [...extending.map((subclass) => ({ file, name: subclass })), ...users];
	}

	#importersOf(carrier: Carrier): readonly Importer[] {
		const isDefault = this.linker.facts(carrier.file)?.exports.some(({ name }) => name === "default" || name === "export=") ?? false;
		return this.imports.importersOf(carrier.file).flatMap((file): Importer[] => {
			if (!this.#mayUse(file, carrier, isDefault)) return [];
			const facts = this.linker.facts(file);
			return facts ? [{ file, carriers: this.#carriersThrough(file, facts, carrier, isDefault) }] : [];
		});
	}

	#mayUse(file: string, { name }: Carrier, isDefault: boolean): boolean {
		const role = this.workspace.roleOf(file);
		if (role === "test" && !(this.imports.text(file)?.matters && this.imports.mentions(file, `${name}(`))) return false;
		return (role === "app" || role === "test") && (isDefault || this.imports.mentions(file, name));
	}

	#carriersThrough(file: string, facts: FileFacts, { name }: Carrier, isDefault: boolean): readonly Carrier[] {
		const passedOn = facts.exports.some(({ from }) => from && (from.name === name || from.name === "*"));
		const local = facts.bindings
			.filter(({ imported }) => imported?.name === name || (isDefault && imported?.name === "default"))
			.map((binding) => binding.name);
		const users = [...new Set([name, ...local])].flatMap((used) => this.#inFile.get(`${file}#${used}`, () => this.#usersIn(file, used)));
		return passedOn ? [{ file, name }, ...users] : users;
	}
}
