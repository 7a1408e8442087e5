import { SEVERITIES, type Severity } from "../../protocol/index.js";
import type { Leak } from "./leak.js";

/** Which leaks the tree shows. */
export interface LeakFilter {
	/** Words that must all occur in a leak's message, rule, title or file; case does not matter. */
	readonly text: string;
	readonly severities: readonly Severity[];
}

export const NO_FILTER: LeakFilter = { text: "", severities: SEVERITIES };

export function isFiltering({ text, severities }: LeakFilter): boolean {
	return text.trim() !== "" || severities.length < SEVERITIES.length;
}

export function filterLeaks(leaks: readonly Leak[], filter: LeakFilter): readonly Leak[] {
	if (!isFiltering(filter)) return leaks;
	const words = filter.text.split(/\s+/).filter(Boolean).map(anywhere);
	const severities = new Set(filter.severities);
	return leaks.filter((leak) => severities.has(leak.severity) && words.every((word) => isIn(word, leak)));
}

/** A pattern, not a text in lower case: ten thousand messages are searched while somebody types. */
function anywhere(word: string): RegExp {
	return new RegExp(word.replace(/\W/g, "\\$&"), "i");
}

function isIn(word: RegExp, { message, rule, title, file }: Leak): boolean {
	return word.test(rule) || word.test(title) || word.test(file) || word.test(message);
}
