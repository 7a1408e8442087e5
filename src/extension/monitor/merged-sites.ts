import { type SeenSite, SITE_LIMIT } from "../../protocol/index.js";

/** One entry for each line, whichever process it made clients in; those that made most first. */
export function mergedSites<T extends SeenSite>(sites: readonly T[]): readonly T[] {
	const merged = new Map<string, T>();
	for (const site of sites) {
		const { created = 0, live = 0 } = merged.get(siteKey(site)) ?? {};
		merged.set(siteKey(site), { ...site, created: created + site.created, live: live + site.live });
	}
	return [...merged.values()].sort((a, b) => b.created - a.created).slice(0, SITE_LIMIT);
}

/** The same for two sites of one line. */
export function siteKey({ file, line }: Pick<SeenSite, "file" | "line">): string {
	return `${line} ${file}`;
}
