import type { EvidenceParams, SiteVerdict } from "../../protocol/index.js";

/** A place where a running process makes one client after the other and the analysis found nothing: a miss of it. */
export interface UnfoundSite {
	/** Path or URL as the process names it. */
	readonly file: string;
	/** URI of the source in the workspace; null when it is none of them. */
	readonly uri: string | null;
	/** From 1. */
	readonly line: number;
	readonly created: number;
	readonly live: number;
}

/** A client that was made once may well be the shared one. */
const LEAST_CREATED = 2;

/** The sites without a finding, those that made most first. */
export function unfoundSites({ sites }: EvidenceParams, verdicts: readonly SiteVerdict[]): readonly UnfoundSite[] {
	return sites
		.flatMap(({ file, created, live }, index): UnfoundSite[] => {
			const verdict = verdicts[index];
			if (verdict === undefined || verdict.rule !== null || created < LEAST_CREATED) return [];
			return [{ file, uri: verdict.uri, line: verdict.line, created, live }];
		})
		.sort((a, b) => b.created - a.created);
}
