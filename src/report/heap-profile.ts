import { bytes, type HeapPlace, type HeapProfile, type HeapSite, percent } from "../protocol/index.js";

export interface HeapProfileLine {
	readonly text: string;
	/** The site that the line is about, if it is about one. */
	readonly site: HeapSite | null;
}

/** A heap profile as people read it: the conclusion, then a line per function. */
export function heapProfileLines({ pid, seconds, bytes: total, sites }: HeapProfile): readonly HeapProfileLine[] {
	const say = (text: string): HeapProfileLine => ({ text, site: null });
	const [first] = sites;
	if (first === undefined) return [say(`Of what process ${pid} allocated in ${seconds} s, nothing that was sampled is alive.`)];
	const listed = sites.reduce((sum, site) => sum + site.bytes, 0);
	return [
		say(
			`Of what process ${pid} allocated in ${seconds} s, ≈ ${bytes(total)} is alive. Most of it: ${nameOf(first)}, ${percent(first.bytes / total)}.`,
		),
		say("By the function that allocated it, itself or through a package; the place is where that function begins."),
		say(""),
		...sites.map((site) => ({ text: lineOf(site, total), site })),
		...(total > listed ? [say(`≈ ${bytes(total - listed).padStart(7)} ${"".padStart(6)}  in other functions`)] : []),
	];
}

/** `file:line:column`, as terminals and editors make links of. */
export function placeText({ file, line, column }: HeapPlace): string {
	return `${file}:${line}:${column}`;
}

function lineOf(site: HeapSite, total: number): string {
	const { place, through } = site;
	const where = place === null ? "outside of scripts" : placeText(place);
	return `≈ ${bytes(site.bytes).padStart(7)} ${percent(site.bytes / total).padStart(6)}  ${nameOf(site)}  ${where}${through === null ? "" : `  through ${through}`}`;
}

function nameOf({ name }: HeapSite): string {
	return name ?? "(anonymous)";
}
