/** Where a running process makes clients, laid beside the findings of the sources. */
import { SITE_LIMIT } from "./clients-sample.js";
import { count, plural } from "./figures.js";
import { type Guard, isAmount, isInteger, isListOf, isNullOr, isShape, isString } from "./guard.js";

/** A place where clients were made, as the process names it. */
export interface SeenSite {
	/** Path or URL, mapped through its source map where there is one. */
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** Clients made there while sites were recorded. */
	readonly created: number;
	/** How many of these are alive. */
	readonly live: number;
}

export interface EvidenceParams {
	/** When it was measured, in milliseconds since the epoch. */
	readonly at: number;
	readonly sites: readonly SeenSite[];
}

/** What a running process adds to a finding. */
export interface Evidence {
	readonly created: number;
	readonly live: number;
	/** Milliseconds since the epoch. */
	readonly at: number;
}

/** A site, and what the sources say of it. Its line is the finding's where one is confirmed. */
export interface SiteVerdict extends SeenSite {
	/** URI of the source it stands in; null when it is none of the workspace's, or could be several. */
	readonly uri: string | null;
	/** Rule of the finding that it confirms; null where nothing was found. */
	readonly rule: string | null;
}

/** The verdict on a site of which the sources say nothing. */
export function unplaced(site: SeenSite): SiteVerdict {
	return { ...site, uri: null, rule: null };
}

const SEEN_SITE = { file: isString, line: isInteger(1, Number.MAX_SAFE_INTEGER), created: isAmount, live: isAmount };

const isSeenSite = isShape<SeenSite>(SEEN_SITE);

export const isEvidenceParams: Guard<EvidenceParams> = isShape<EvidenceParams>({ at: isAmount, sites: isListOf(isSeenSite, SITE_LIMIT) });

export const isEvidence: Guard<Evidence> = isShape<Evidence>({ created: isAmount, live: isAmount, at: isAmount });

export const isSiteVerdicts: Guard<readonly SiteVerdict[]> = isListOf(
	isShape<SiteVerdict>({ ...SEEN_SITE, uri: isNullOr(isString), rule: isNullOr(isString) }),
	SITE_LIMIT,
);

/** "14 live instances"; how many were made where none is alive. */
export function evidenceText({ live, created }: Pick<Evidence, "live" | "created">): string {
	return live === 0 ? `${count(created)} made, none alive` : plural(live, "live instance");
}
