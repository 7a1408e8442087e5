/** Targets that an `exports` or `imports` map gives for a key such as `./client` or `#db`, in the map's order, all conditions. */
export function mapTargets(map: unknown, key: string): string[] {
	const entries = entriesOf(map);
	const exact = entries.find(([pattern]) => pattern === key);
	if (exact !== undefined) return leaves(exact[1]);
	const patterns = entries.filter(([pattern]) => pattern.includes("*")).sort(([a], [b]) => b.indexOf("*") - a.indexOf("*"));
	for (const [pattern, target] of patterns) {
		const star = starOf(pattern, key);
		if (star !== null) return leaves(target).map((leaf) => leaf.replaceAll("*", star));
	}
	return [];
}

/** Keys of a map, `.` for a map that is a single target. */
export function mapKeys(map: unknown): string[] {
	return entriesOf(map).map(([key]) => key);
}

/** What `*` stands for when `text` has the form of `pattern`; "" for an equal text without a star; null when it has not. */
export function starOf(pattern: string, text: string): string | null {
	const star = pattern.indexOf("*");
	if (star < 0) return pattern === text ? "" : null;
	const head = pattern.slice(0, star);
	const tail = pattern.slice(star + 1);
	if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return null;
	return text.slice(head.length, text.length - tail.length);
}

function entriesOf(map: unknown): [string, unknown][] {
	if (typeof map === "string" || Array.isArray(map)) return [[".", map]];
	if (typeof map !== "object" || map === null) return [];
	const entries = Object.entries(map);
	const isSubpaths = entries.some(([key]) => key.startsWith(".") || key.startsWith("#"));
	return isSubpaths ? entries : [[".", map]];
}

function leaves(target: unknown): string[] {
	if (typeof target === "string") return [target];
	if (Array.isArray(target)) return target.flatMap(leaves);
	return typeof target === "object" && target !== null ? Object.values(target).flatMap(leaves) : [];
}
