import type { Random } from "./random.js";

/** Deletes, doubles or swaps tokens, as typing and pasting do. */
export function mutate(text: string, random: Random): string {
	const tokens = text.split(/(\s+|\b)/);
	const at = random.below(tokens.length);
	const token = tokens[at] ?? "";
	const kind = random.below(3);
	if (kind === 0) tokens.splice(at, 1);
	else if (kind === 1) tokens.splice(at, 0, token);
	else tokens.splice(at, 2, tokens[at + 1] ?? "", token);
	return tokens.join("");
}
