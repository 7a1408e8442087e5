import type { EvidenceParams, SeenSite, SiteVerdict } from "../../protocol/index.js";
import type { MonitorController } from "./controller.js";
import { locatedSites } from "./located-sites.js";
import { mergedSites, siteKey } from "./merged-sites.js";
import type { MonitorSessions } from "./sessions.js";
import { reportSites } from "./site-evidence.js";

type Verdicts = (params: EvidenceParams) => Promise<readonly SiteVerdict[]>;

/** Lays where all watched processes make clients before the sources, and gives each session what the sources say of its own sites. */
export function showSites(sessions: MonitorSessions, verdictsOn: Verdicts): () => void {
	const seen = new Map<MonitorController, readonly SeenSite[]>();
	const tell = async (at: number): Promise<void> => {
		const sites = mergedSites([...seen.values()].flat());
		const verdicts = await verdictsOn({ at, sites });
		const known = new Map(sites.map((site, index) => [siteKey(site), verdicts[index]]));
		for (const [session, own] of seen) {
			const placed = own.flatMap((site) => {
				const verdict = known.get(siteKey(site));
				return verdict === undefined ? [] : [{ ...verdict, created: site.created, live: site.live }];
			});
			session.showSites(locatedSites(placed));
		}
	};
	return sessions.each((session) => {
		const stop = reportSites(session, ({ at, sites }) => {
			seen.set(session, sites);
			void tell(at);
		});
		return () => {
			stop();
			const hadSites = (seen.get(session) ?? []).length > 0;
			seen.delete(session);
			if (hadSites) void tell(Date.now());
		};
	});
}
