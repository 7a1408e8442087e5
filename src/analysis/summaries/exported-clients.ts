import { Table } from "../incremental/index.js";
import type { ClientSite } from "./creations.js";
import type { Linker } from "./linker.js";
import { makingSite, siteKey, type Value } from "./values.js";

/** What a file hands out: clients themselves, and the classes and functions of its own that may hand out one. */
interface Exported {
	/** Keys of the sites that make them. */
	readonly clients: ReadonlySet<string>;
	readonly classes: ReadonlySet<number>;
	readonly functions: ReadonlySet<number>;
}

const NOTHING: Exported = { clients: new Set(), classes: new Set(), functions: new Set() };

/** Says which clients other files can reach: by an export, or through an exported object, class or function. */
export class ExportedClients {
	readonly #byFile: Table<string, Exported>;

	constructor(private readonly linker: Linker) {
		this.#byFile = new Table(linker.derivations);
	}

	has(client: ClientSite): boolean {
		const { file, fact } = client;
		const { clients, classes, functions } = this.#byFile.get(file, () => this.#exportedBy(file));
		const inClass = this.linker.facts(file)?.functions[fact.function]?.classId ?? null;
		return clients.has(siteKey(client)) || (inClass !== null && classes.has(inClass)) || functions.has(fact.function);
	}

	#exportedBy(file: string): Exported {
		const facts = this.linker.facts(file);
		if (!facts) return NOTHING;
		const values = facts.exports.flatMap(({ name, value }) => (name === "*" || !value ? [] : this.linker.values(file, value, 0)));
		const members = values.flatMap((value) => (value.k === "object" ? this.#membersOf(value) : []));
		return {
			clients: new Set([...values, ...members].flatMap((value) => makingSite(value) ?? []).map(siteKey)),
			classes: new Set(values.flatMap((value) => (value.k === "class" && value.file === file ? value.id : []))),
			functions: new Set(values.flatMap((value) => (value.k === "function" && value.file === file ? value.id : []))),
		};
	}

	#membersOf({ file, at, expression }: Value & { readonly k: "object" }): Value[] {
		return expression.entries.flatMap((entry) => this.linker.values(file, entry.value, at));
	}
}
