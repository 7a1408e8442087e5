import { Cell, Table } from "../incremental/index.js";
import type { Linker } from "./linker.js";
import { nameIndex } from "./name-index.js";
import type { Places } from "./places.js";
import { Handles, type Identities } from "./transaction-handles.js";
import { type Limit, limitsOf, type Options } from "./transaction-limits.js";
import { type Happening, Reach } from "./transaction-reach.js";
import { directSites, type FileSites, joinUses, namesOf, sitesThrough, type TransactionSite, type Wrapper } from "./transaction-sites.js";

/** An interactive transaction of an app file, and what happens while it is open. */
export interface Transaction extends TransactionSite {
	readonly happenings: readonly Happening[];
}

/** The transactions that one file opens, and what they set as limits. */
export interface FileTransactions {
	readonly all: readonly Transaction[];
	readonly limits: readonly Limit[];
}

/** What all transactions depend on. */
export interface FoundTransactions {
	readonly wrappers: ReadonlyMap<string, Wrapper>;
	/** Names of what several files can open transactions on: globals and what packages export. */
	readonly shared: ReadonlySet<string>;
}

/** How many wrappers may stand between a call and the `$transaction` it ends in. */
const MAX_ROUNDS = 4;

/** The workspace's interactive transactions, followed into everything they await. */
export class Transactions {
	readonly #direct: Table<string, FileSites>;
	readonly #through: Table<string, FileSites>;
	readonly #followed: Table<string, FileTransactions>;
	readonly #wrappers: Cell<ReadonlyMap<string, Wrapper>>;
	readonly #shared: Cell<ReadonlySet<string>>;
	readonly #reach: Reach;

	constructor(
		private readonly linker: Linker,
		private readonly places: Places,
	) {
		const { derivations } = linker;
		this.#direct = new Table(derivations);
		this.#through = new Table(derivations);
		this.#followed = new Table(derivations);
		this.#wrappers = new Cell<ReadonlyMap<string, Wrapper>>(derivations, new Map(), (a, b) => wrapperText(a) === wrapperText(b));
		this.#shared = new Cell<ReadonlySet<string>>(derivations, new Set(), (a, b) => a.size === b.size && [...a].every((key) => b.has(key)));
		const identities: Identities = { has: (file, key) => this.#shared.value.has(key) || this.#directOf(file).identities.includes(key) };
		this.#reach = new Reach(linker, new Handles(linker, identities), (file, call) =>
			this.#sitesOf(file).some((site) => site.call === call),
		);
	}

	get wrappers(): Iterable<Wrapper> {
		return this.#wrappers.value.values();
	}

	/** The wrappers that these files define, and what they open transactions on. */
	find(files: readonly string[]): FoundTransactions {
		const own = files.map((file) => this.#directOf(file));
		const shared = new Set(own.flatMap(({ identities }) => identities.filter(isShared)));
		const uses = own.flatMap((direct) => direct.uses);
		let wrappers = joinUses(uses);
		for (let round = 0; round < MAX_ROUNDS; round++) {
			const names = this.#namesOf(wrappers);
			const known = wrappers;
			const found = this.#callersOf(names, files).flatMap((file) => sitesThrough(this.linker, file, known, names).uses);
			wrappers = joinUses([...uses, ...found]);
			if (wrappers.size === known.size) break;
		}
		return { wrappers, shared };
	}

	/** Takes over what was found; `of` answers by it. */
	settle({ wrappers, shared }: FoundTransactions): void {
		this.#wrappers.settle(wrappers);
		this.#shared.settle(shared);
	}

	/** What is known of a file's transactions; `settle` comes first. */
	of(file: string): FileTransactions {
		return this.#followed.get(file, () => {
			const all = this.#sitesOf(file).map((site): Transaction => ({ ...site, happenings: this.#reach.happenings(site) }));
			return { all, limits: optionsIn(this.linker, file, all).flatMap((options) => limitsOf(this.linker, options)) };
		});
	}

	#sitesOf(file: string): readonly TransactionSite[] {
		const { sites } = this.#throughOf(file);
		return sites.length === 0 ? this.#directOf(file).sites : [...this.#directOf(file).sites, ...sites];
	}

	#directOf(file: string): FileSites {
		return this.#direct.get(file, () => directSites(this.linker, file));
	}

	#throughOf(file: string): FileSites {
		return this.#through.get(file, () => {
			const wrappers = this.#wrappers.value;
			return sitesThrough(this.linker, file, wrappers, this.#namesOf(wrappers));
		});
	}

	#namesOf(wrappers: ReadonlyMap<string, Wrapper>): readonly string[] {
		return [...new Set([...wrappers.values()].flatMap(({ ref }) => namesOf(this.linker, ref)))];
	}

	/** The given files among those that call something by one of the names, also by another name they give it. */
	#callersOf(names: readonly string[], files: readonly string[]): readonly string[] {
		const mentioning = new Set([...this.places.callers(names), ...names.flatMap((name) => this.places.files("aliases", name))]);
		return files.filter((file) => mentioning.has(file));
	}
}

/** Names of bindings begin with their file; these do not. */
function isShared(identity: string): boolean {
	return identity.startsWith("global:") || identity.startsWith("{");
}

function wrapperText(wrappers: ReadonlyMap<string, Wrapper>): string {
	return JSON.stringify([...wrappers].map(([key, { callbacks, options, passes }]) => [key, [...callbacks], options, passes]));
}

/** Options given to `$transaction` itself, and those that reach it through a wrapper. */
function optionsIn(linker: Linker, file: string, sites: readonly Transaction[]): Options[] {
	const facts = linker.facts(file);
	const named = facts ? (nameIndex(facts).calls.get("$transaction") ?? []) : [];
	const direct = named.flatMap((index): Options[] => {
		const call = facts?.calls[index];
		const options = call?.args[1];
		return call?.callee.k === "member" && options ? [{ file, at: call.function, options }] : [];
	});
	const wrapped = sites.flatMap((site): Options[] => {
		const call = site.receiver === null ? facts?.calls[site.call] : undefined;
		return call && site.options ? [{ file, at: call.function, options: site.options }] : [];
	});
	return [...direct, ...wrapped];
}
