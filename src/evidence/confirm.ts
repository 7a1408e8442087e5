import type { Evidence, Finding, SeenSite } from "../protocol/index.js";

/** The rules that speak of a client being made; at one place, the first of them is confirmed. */
const CLIENT_RULES: readonly string[] = ["client-per-call", "multiple-clients", "hot-reload-client", "missing-disconnect"];

/** Lines the source may have moved since the process was started. */
const TOLERANCE = 3;

export interface ConfirmedSite {
	readonly site: SeenSite;
	/** Null where the sources say nothing of it. */
	readonly finding: Finding | null;
}

/**
 * Lays the sites of one file beside its findings: the one that spans the site's line, else the nearest within three lines. Two sites
 * never share a finding, unless they stand on one line: another client is then a miss of the analysis.
 */
export function confirmSites(sites: readonly SeenSite[], findings: readonly Finding[]): readonly ConfirmedSite[] {
	const candidates = findings
		.filter(({ rule }) => CLIENT_RULES.includes(rule))
		.sort((a, b) => CLIENT_RULES.indexOf(a.rule) - CLIENT_RULES.indexOf(b.rule));
	const taken = new Set<number>();
	const exact = sites.map((site) => candidates.find((finding) => distance(site, finding) === 0) ?? null);
	for (const finding of exact) if (finding !== null) taken.add(finding.line);
	return sites.map((site, index) => {
		const finding =
			exact[index] ??
			nearest(
				site,
				candidates.filter(({ line }) => !taken.has(line)),
			);
		if (finding !== null) taken.add(finding.line);
		return { site, finding };
	});
}

/** The findings of files with sites, with what the process adds to them; all others as they are. */
export function withEvidence(
	findings: readonly Finding[],
	sites: ReadonlyMap<string, readonly SeenSite[]>,
	at: number,
): readonly Finding[] {
	const evidence = new Map<Finding, Evidence>();
	for (const [file, seen] of sites) {
		const own = findings.filter((finding) => finding.file === file);
		for (const { site, finding } of confirmSites(seen, own)) {
			if (finding === null) continue;
			const { created, live } = evidence.get(finding) ?? { created: 0, live: 0 };
			evidence.set(finding, { created: created + site.created, live: live + site.live, at });
		}
	}
	return findings.map((finding) => {
		const own = evidence.get(finding);
		return own === undefined ? finding : { ...finding, evidence: own };
	});
}

function nearest(site: SeenSite, candidates: readonly Finding[]): Finding | null {
	let best: Finding | null = null;
	for (const finding of candidates) {
		if (distance(site, finding) <= TOLERANCE && (best === null || distance(site, finding) < distance(site, best))) best = finding;
	}
	return best;
}

function distance({ line }: SeenSite, finding: Finding): number {
	if (line < finding.line) return finding.line - line;
	return Math.max(0, line - finding.endLine);
}
