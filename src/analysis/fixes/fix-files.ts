import { Source } from "./source.js";
import { Refusal } from "./types.js";

/** The texts fixes are planned on, each read and parsed once. */
export class FixFiles {
	readonly #sources = new Map<string, Source>();

	constructor(private readonly textOf: (file: string) => string | undefined) {}

	/** @throws a `Refusal` when it cannot be read. */
	text(file: string): string {
		const text = this.textOf(file);
		if (text === undefined) throw new Refusal(`${file} cannot be read any more.`);
		return text;
	}

	/** @throws a `Refusal` when it cannot be read or does not parse. */
	source(file: string): Source {
		const source = this.#sources.get(file) ?? new Source(file, this.text(file));
		this.#sources.set(file, source);
		if (source.brokenLine !== null) throw new Refusal(`${file} has a syntax error on line ${source.brokenLine}. Correct it first.`);
		return source;
	}
}
