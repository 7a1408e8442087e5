import { bytes, type HeapPlace, type HeapProfile, type HeapSite, percent } from "../protocol/index.js";

/** A heap profile as people read it: the conclusion, then a line per function. */
export function heapProfileText({ pid, seconds, bytes: total, sites }: HeapProfile): string {
	const [first] = sites;
	if (first === undefined) return `Of what process ${pid} allocated in ${seconds} s, nothing that was sampled is alive.`;
	const listed = sites.reduce((sum, site) => sum + site.bytes, 0);
	return [
		`Of what process ${pid} allocated in ${seconds} s, ≈ ${bytes(total)} is alive. Most of it: ${nameOf(first)}, ${percent(first.bytes / total)}.`,
		"By the function that allocated it, itself or through a package; the place is where that function begins.",
		"",
		...sites.map((site) => lineOf(site, total)),
		...(total > listed ? [`≈ ${bytes(total - listed).padStart(7)} ${"".padStart(6)}  in other functions`] : []),
	].join("\n");
}

/** `file:line:column`, as terminals and editors make links of. */
function placeText({ file, line, column }: HeapPlace): string {
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
