import type { SiteVerdict } from "../../protocol/index.js";

/** A client that was made once may well be the shared one. */
const LEAST_CREATED = 2;

/** Where a running process makes one client after the other and the analysis found nothing, which it missed: those that made most first. */
export function unfoundSites(verdicts: readonly SiteVerdict[]): readonly SiteVerdict[] {
	return verdicts.filter(({ rule, created }) => rule === null && created >= LEAST_CREATED).sort((a, b) => b.created - a.created);
}
