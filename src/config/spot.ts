/** The place of a value in a document, and the ear for what is wrong with it. */
export interface Spot {
	at(key: string): Spot;
	/** `problem` goes on from the value's name: `is "prod"; it can be …`. */
	report(problem: string): void;
}

/** One source of settings: a document, and how people find the value at a path in it. */
export interface Layer {
	readonly values: unknown;
	nameOf(path: readonly string[]): string;
}

/** The spot at `path` of a layer; each problem comes as one text that begins with the value's name. */
export function spotIn(layer: Layer, path: readonly string[], problems: string[]): Spot {
	return {
		at: (key) => spotIn(layer, [...path, key], problems),
		report: (problem) => problems.push(`${layer.nameOf(path)} ${problem}`),
	};
}
