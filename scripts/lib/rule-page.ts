import type { RuleMeta } from "../../src/analysis/rules/types.js";

const START = "<!-- generated from the rule's meta: npm run rule-docs -->";
const END = "<!-- /generated -->";

/** What a page says of its rule; the id of one that is being made is not known yet. */
export type RuleHead = Omit<RuleMeta, "id"> & { readonly id: string };

/** The head of a rule's page: what the rule says of itself. */
export function pageHeader({ id, title, severity, finds }: RuleHead): string {
	return `${START}\n# ${id}\n\n**${title}** · ${severity}\n\n${finds}\n\n${END}\n`;
}

/** The page with its head as the meta has it now; a page without marks gets the head in place of its heading. */
export function withHeader(page: string, meta: RuleHead): string {
	const end = page.indexOf(END);
	if (page.startsWith(START) && end >= 0) return pageHeader(meta) + page.slice(end + END.length).replace(/^\n/, "");
	return `${pageHeader(meta)}\n${page.replace(/^# .*\n+/, "")}`;
}

export function newPage(meta: RuleHead): string {
	return `${pageHeader(meta)}
## Why it leaks

## What it finds

## What it leaves alone

## What to do
`;
}
