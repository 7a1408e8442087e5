import type { FileFacts } from "../facts/index.js";
import { type Derivations, Inputs } from "../incremental/index.js";

/** Where facts are found: they are extracted on demand, so a chain of imports is read only as far as it is followed. */
export interface FactsSource {
	facts(file: string): FileFacts | undefined;
	/** Whether a file declares a class of that name which extends nothing: seen without extracting its facts. */
	declaresPlainClass(file: string, name: string): boolean;
}

/** Facts of which is noted who has looked at them. */
export class TrackedFacts implements FactsSource {
	readonly #inputs = new Inputs<string>();

	constructor(
		private readonly source: FactsSource,
		readonly derivations: Derivations,
	) {}

	facts(file: string): FileFacts | undefined {
		this.read(file);
		return this.source.facts(file);
	}

	declaresPlainClass(file: string, name: string): boolean {
		this.read(file);
		return this.source.declaresPlainClass(file, name);
	}

	/** Notes that what is being worked out rests on a file's text, or on its absence. */
	read(file: string): void {
		this.derivations.read(this.#inputs.of(file));
	}

	/** Forgets every answer that rests on a file: its text changed. */
	changed(file: string): void {
		this.derivations.changed(this.#inputs.of(file));
	}
}
