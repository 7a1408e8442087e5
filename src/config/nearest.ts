/** The one of `names` that somebody who wrote `written` may have meant; undefined when none is near. */
export function nearest<Name extends string>(written: string, names: readonly Name[]): Name | undefined {
	const wanted = written.toLowerCase();
	const ranked = names
		.map((name) => ({ name, distance: isBegun(wanted, name.toLowerCase()) ? 1 : distance(wanted, name.toLowerCase()) }))
		.filter(({ name, distance }) => distance <= Math.max(2, name.length / 3))
		.sort((a, b) => a.distance - b.distance);
	return ranked[0]?.name;
}

/** `; did you mean "pool-size"?`, or a full stop when nothing is near. */
export function suggestion(written: string, names: readonly string[]): string {
	const name = nearest(written, names);
	return name === undefined ? "." : `; did you mean "${name}"?`;
}

/** Whether one word begins with the other, as `prod` and `production` do. */
function isBegun(a: string, b: string): boolean {
	return Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a));
}

/** Letters to insert, drop or replace on the way from one word to the other (Levenshtein). */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (const [i, letter] of [...a].entries()) {
		const next = [i + 1];
		for (let j = 1; j <= b.length; j++) {
			const replaced = (row[j - 1] ?? 0) + (letter === b[j - 1] ? 0 : 1);
			next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[b.length] ?? 0;
}
