import type { RuleMeta } from "../../src/analysis/rules/types.js";

const START = "<!-- generated from the rule's meta: npm run rule-docs -->";
const END = "<!-- /generated -->";

/** The head of a rule's page: what the rule says of itself. */
export function pageHeader({ id, title, severity, finds }: RuleMeta): string {
	return `${START}\n# ${id}\n\n**${title}** · ${severity}\n\n${finds}\n\n${END}\n`;
}

/** The page with its head as the meta has it now; a page without marks gets the head in place of its heading. */
export function withHeader(page: string, meta: RuleMeta): string {
	const end = page.indexOf(END);
	if (page.startsWith(START) && end >= 0) return pageHeader(meta) + page.slice(end + END.length).replace(/^\n/, "");
	return `${pageHeader(meta)}\n${page.replace(/^# .*\n+/, "")}`;
}

export function newPage(meta: RuleMeta): string {
	return `${pageHeader(meta)}
## Why it leaks

## What it finds

## What it leaves alone

## What to do
`;
}
