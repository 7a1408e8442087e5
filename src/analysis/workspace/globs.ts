import ignore, { type Ignore } from "ignore";

/** Matches paths relative to a folder against globs written as in `.gitignore`, with `{a,b}` besides. */
export function globMatcher(globs: readonly string[]): Ignore {
	return ignore().add(globs.flatMap(expandBraces));
}

/** `src/*.{ts,js}` → `src/*.ts`, `src/*.js`, since `.gitignore` knows no braces. A brace that nothing closes is a letter. */
function expandBraces(glob: string): string[] {
	const [, before, choices, after] = /^([^{]*)\{([^{}]*)\}(.*)$/.exec(glob) ?? [];
	if (before === undefined || choices === undefined || after === undefined) return [glob];
	const rest = expandBraces(after);
	return choices.split(",").flatMap((choice) => rest.map((end) => before + choice + end));
}
