import { type Derivations, Inputs } from "../incremental/index.js";
import type { EntryFacts, TextFacts } from "./scan-text.js";

/** Where quick looks at texts are taken. */
export interface Texts {
	readonly texts: ReadonlyMap<string, TextFacts>;
	entry(file: string): EntryFacts | undefined;
	mentions(file: string, word: string): boolean;
	mayHoldOptions(file: string): boolean;
}

/** A look, and what it showed, in words. */
interface Shown {
	readonly look: () => unknown;
	readonly answer: string;
}

/**
 * Quick looks at texts. Most edits leave what a look shows as it was: what rests on a look is forgotten only where it now shows
 * something else.
 */
export class TextLooks {
	readonly #inputs = new Inputs<string>();
	/** By file and question. */
	readonly #shown = new Map<string, Map<string, Shown>>();

	constructor(
		private readonly store: Texts,
		private readonly derivations: Derivations,
	) {}

	text(file: string): TextFacts | undefined {
		return this.#show(file, "text", () => this.store.texts.get(file));
	}

	/** How a file that nobody imports is run. */
	entry(file: string): EntryFacts | undefined {
		return this.#show(file, "entry", () => this.store.entry(file));
	}

	/** Whether a file's text holds `word`. */
	mentions(file: string, word: string): boolean {
		return this.#show(file, `word ${word}`, () => this.store.mentions(file, word));
	}

	mayHoldOptions(file: string): boolean {
		return this.#show(file, "options", () => this.store.mayHoldOptions(file));
	}

	/** A file has another text. */
	changed(file: string): void {
		const shown = this.#shown.get(file);
		if (!shown || [...shown.values()].every(({ look, answer }) => JSON.stringify(look()) === answer)) return;
		this.#shown.delete(file);
		this.derivations.changed(this.#inputs.of(file));
	}

	#show<T>(file: string, question: string, look: () => T): T {
		this.derivations.read(this.#inputs.of(file));
		let shown = this.#shown.get(file);
		if (!shown) {
			shown = new Map();
			this.#shown.set(file, shown);
		}
		const answer = look();
		if (!shown.has(question)) shown.set(question, { look, answer: JSON.stringify(answer) });
		return answer;
	}
}
