import type { Expr, FileFacts } from "../facts/index.js";
import { Table } from "../incremental/index.js";
import { clientClass } from "../summaries/client-class.js";
import { calleeName } from "../summaries/constants.js";
import type { Creations } from "../summaries/creations.js";
import type { Linker } from "../summaries/linker.js";
import { nameIndex } from "../summaries/name-index.js";
import { retention } from "../summaries/retention.js";
import type { Workspace } from "../workspace/index.js";
import { type Carrier, carrierAt, instancesAt } from "./carrier.js";
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
			const key = `${carrier.file}#${carrier.name}${carrier.isClientClass ? " as class" : ""}`;
			if (seen.has(key)) continue;
			seen.add(key);
			open.push(...this.#users(carrier));
			for (const importer of this.#importersOf(key, carrier)) {
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
			if (!isMadeAnew) return [];
			const instances = kept.k === "returned" ? instancesAt(file, facts, fact.function) : [];
			return [...carrierAt(file, facts, fact.function), ...instances];
		});
		return [...makers, ...timers, ...this.#clientClasses(file, facts)];
	}

	/** `class Db extends PrismaClient`, `export { PrismaClient as Db }`: who builds one need not speak of Prisma. */
	#clientClasses(file: string, facts: FileFacts): readonly Carrier[] {
		const classes = facts.classes.flatMap(({ name }, id) =>
			name !== null && clientClass(this.linker, { k: "class", file, id }) !== null ? [name] : [],
		);
		const renamed = facts.exports.flatMap(({ name, from, value }) => {
			const isClient = from?.name === "PrismaClient" || (value !== null && namesClientClass(facts, value));
			return isClient && name !== "PrismaClient" ? [name] : [];
		});
		return [...classes, ...renamed].map((name) => ({ file, name, isClientClass: true }));
	}

	#users({ file, name }: Carrier): readonly Carrier[] {
		return this.#inFile.get(`${file}#${name}`, () => this.#usersIn(file, name));
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

	#importersOf(key: string, carrier: Carrier): readonly Importer[] {
		return this.#importers.get(key, () => this.#findImporters(carrier));
	}

	#findImporters(carrier: Carrier): readonly Importer[] {
		const facts = this.linker.facts(carrier.file);
		if (!facts) return [];
		const names = [...new Set([carrier.name, ...exportedNames(facts, [carrier.name])])];
		const isDefault = facts.exports.some(({ name }) => name === "default" || name === "export=");
		// `export *` passes no default on.
		const direct = new Set(isDefault ? this.imports.importersOf(carrier.file) : []);
		return this.imports.importersThrough(carrier.file).flatMap((file): Importer[] => {
			if (!this.#mayUse(file, names, carrier.isClientClass === true, direct.has(file))) return [];
			const importer = this.linker.facts(file);
			return importer ? [{ file, carriers: this.#carriersThrough(file, importer, carrier, names, direct.has(file)) }] : [];
		});
	}

	#mayUse(file: string, names: readonly string[], isClientClass: boolean, isDefault: boolean): boolean {
		const role = this.workspace.roleOf(file);
		const mentions = (word: string) => this.imports.mentions(file, word);
		if (role === "test" && !(this.imports.text(file)?.matters && names.some((name) => mentions(`${name}(`)))) return false;
		if (role !== "app" && role !== "test") return false;
		if (!isClientClass) return isDefault || names.some(mentions);
		if (isDefault && mentions("new ")) return true;
		return names.some((name) => mentions(name) && ["new ", "extends ", "export "].some((word) => mentions(word)));
	}

	#carriersThrough(
		file: string,
		facts: FileFacts,
		{ name, isClientClass = false }: Carrier,
		names: readonly string[],
		isDefault: boolean,
	): readonly Carrier[] {
		const local = facts.bindings
			.filter(({ imported }) => imported && (names.includes(imported.name) || (isDefault && imported.name === "default")))
			.map((binding) => binding.name);
		const passedOn = facts.exports.flatMap((fact) => {
			if (fact.from?.name === "*") return names;
			return fact.from && names.includes(fact.from.name) ? [fact.name] : [];
		});
		const outer = [...new Set([...passedOn, ...exportedNames(facts, local)])].map((exported) => ({ file, name: exported, isClientClass }));
		const users = [...new Set([name, ...names, ...local])].flatMap((used) => this.#users({ file, name: used }));
		return [...outer, ...users];
	}
}

/** `PrismaClient`, `pkg.PrismaClient`, or a constant that stands for it. */
function namesClientClass(facts: FileFacts, expression: Expr): boolean {
	if (expression.k === "member") return expression.name === "PrismaClient";
	const binding = expression.k === "binding" ? facts.bindings[expression.id] : undefined;
	const init = binding?.init?.k === "binding" ? facts.bindings[binding.init.id] : undefined;
	return (
		(binding?.imported ?? init?.imported)?.name === "PrismaClient" ||
		(binding?.init?.k === "member" && binding.init.name === "PrismaClient")
	);
}

/** What a file's own names are called by those who import them: `export { createClient as makeDb }`. */
function exportedNames(facts: FileFacts, names: readonly string[]): readonly string[] {
	return facts.exports.flatMap(({ name, value }) =>
		value?.k === "binding" && name !== "default" && names.includes(facts.bindings[value.id]?.name ?? "") ? [name] : [],
	);
}
