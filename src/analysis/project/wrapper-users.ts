import { Table } from "../incremental/index.js";
import type { Linker } from "../summaries/linker.js";
import { namesOf, type Wrapper } from "../summaries/transaction-sites.js";
import { type FunctionRef, keyOf } from "../summaries/values.js";
import type { ImportGraph } from "./import-graph.js";

/** The files that import a function which opens transactions for others, directly or through barrels, and speak of it. */
export class WrapperUsers {
	readonly #users: Table<string, readonly string[]>;

	constructor(
		private readonly linker: Linker,
		private readonly imports: ImportGraph,
	) {
		this.#users = new Table(linker.derivations);
	}

	/** Adds them to the files under analysis; says whether there were any new ones. */
	addTo(files: Set<string>, wrappers: Iterable<Wrapper>): boolean {
		const before = files.size;
		for (const { ref } of wrappers) for (const file of this.#users.get(keyOf(ref), () => this.#usersOf(ref))) files.add(file);
		return files.size > before;
	}

	#usersOf(ref: FunctionRef): readonly string[] {
		const names = namesOf(this.linker, ref).filter((name) => name !== "default");
		return this.imports.importersThrough(ref.file).filter((file) => names.some((name) => this.imports.mentions(file, name)));
	}
}
