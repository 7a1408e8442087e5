/** Puts `content` between the marks `<!-- generated: what -->` and `<!-- /generated -->` of a page. @throws when it has no such marks. */
export function withGenerated(page: string, what: string, content: string): string {
	const start = `<!-- generated: ${what} -->`;
	const end = "<!-- /generated -->";
	const from = page.indexOf(start);
	const to = page.indexOf(end, from);
	if (from < 0 || to < 0) throw new Error(`The page has no place marked ${start} … ${end}.`);
	return `${page.slice(0, from + start.length)}\n${content}\n${page.slice(to)}`;
}
