import { SEVERITIES, type Severity } from "../../protocol/index.js";
import { type Leak, SEVERITY_NAMES } from "./leak.js";

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
	const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
	const severities = new Set(filter.severities);
	return leaks.filter((leak) => severities.has(leak.severity) && words.every((word) => textOf(leak).includes(word)));
}

/** `"prisma.ts"`, `errors and warnings`, `"rooms" among errors`. */
export function describeFilter({ text, severities }: LeakFilter): string {
	const names = severities.map((severity) => SEVERITY_NAMES[severity].toLowerCase());
	const among = severities.length < SEVERITIES.length ? new Intl.ListFormat("en").format(names) : null;
	const quoted = text.trim() === "" ? null : `“${text.trim()}”`;
	return [quoted, among].filter((part) => part !== null).join(" among ");
}

function textOf({ message, rule, title, file }: Leak): string {
	return `${message}\n${rule}\n${title}\n${file}`.toLowerCase();
}
