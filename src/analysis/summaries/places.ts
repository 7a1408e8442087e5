import type { FileFacts } from "../facts/index.js";
import { type Derivations, Input, Inputs } from "../incremental/index.js";
import { type NameIndex, nameIndex } from "./name-index.js";

/** What a file can do with a name: call it, build it, hand it on, give it another name, extend it, work on it. */
export type Mention = keyof Pick<NameIndex, "calls" | "news" | "handedOver" | "aliases" | "extending" | "touched">;

const MENTIONS: readonly Mention[] = ["calls", "news", "handedOver", "aliases", "extending", "touched"];

interface Place {
	readonly input: Input;
	readonly files: Set<string>;
	/** In path order; null when a file came or went. */
	sorted: readonly string[] | null;
}

/** Which of the files under analysis speak of a name: candidates, so that nobody has to look into every file. */
export class Places {
	readonly #places: Readonly<Record<Mention, Map<string, Place>>> = {
		calls: new Map(),
		news: new Map(),
		handedOver: new Map(),
		aliases: new Map(),
		extending: new Map(),
		touched: new Map(),
	};
	readonly #indices = new Map<string, NameIndex>();
	readonly #members = new Inputs<string>();

	constructor(private readonly derivations: Derivations) {}

	/** Whether a file is under analysis. */
	has(file: string): boolean {
		this.derivations.read(this.#members.of(file));
		return this.#indices.has(file);
	}

	/** Files that mention `name` in this way, in path order. */
	files(mention: Mention, name: string): readonly string[] {
		const place = this.#place(mention, name);
		this.derivations.read(place.input);
		place.sorted ??= [...place.files].sort();
		return place.sorted;
	}

	/** Files that call something by one of these names, in path order. */
	callers(names: readonly string[]): readonly string[] {
		return [...new Set(names.flatMap((name) => this.files("calls", name)))].sort();
	}

	/** Takes in a file, or its new facts; undefined takes it out. */
	set(file: string, facts: FileFacts | undefined): void {
		const before = this.#indices.get(file);
		const now = facts && nameIndex(facts);
		if (before === now) return;
		if ((before === undefined) !== (now === undefined)) this.derivations.changed(this.#members.of(file));
		if (now) this.#indices.set(file, now);
		else this.#indices.delete(file);
		for (const mention of MENTIONS) {
			for (const name of before?.[mention].keys() ?? []) if (!now?.[mention].has(name)) this.#move(mention, name, file, false);
			for (const name of now?.[mention].keys() ?? []) if (!before?.[mention].has(name)) this.#move(mention, name, file, true);
		}
	}

	#move(mention: Mention, name: string, file: string, isThere: boolean): void {
		const place = this.#place(mention, name);
		if (isThere) place.files.add(file);
		else place.files.delete(file);
		place.sorted = null;
		this.derivations.changed(place.input);
	}

	#place(mention: Mention, name: string): Place {
		let place = this.#places[mention].get(name);
		if (place === undefined) {
			place = { input: new Input(), files: new Set(), sorted: null };
			this.#places[mention].set(name, place);
		}
		return place;
	}
}
