import type { CreationSite, EvidenceParams, Sample, SeenSite } from "../../protocol/index.js";
import type { MonitorController } from "./controller.js";

/** Between two reports: findings that change every second would only flicker. */
const REPORT_EVERY_MS = 5_000;

/**
 * Reports where the attached process makes clients: at once when there are other sites, else every few seconds while counts change.
 * What was reported is taken back when the session's data is cleared. Call the function that is returned to stop.
 */
export function reportSites(controller: MonitorController, report: (params: EvidenceParams) => void): () => void {
	let told: readonly SeenSite[] = [];
	let toldAt = Number.NEGATIVE_INFINITY;
	const tell = (sites: readonly SeenSite[], at: number): void => {
		told = sites;
		toldAt = at;
		report({ at, sites });
	};
	const consider = ({ t, clients }: Sample): void => {
		const sites = (clients?.sites ?? []).map(plain);
		if (sites.length === 0 || sameCounts(sites, told)) return;
		if (sites.length !== told.length || t - toldAt >= REPORT_EVERY_MS) tell(sites, t);
	};
	return controller.onChange((change) => {
		if (change.type === "sample") consider(change.sample);
		else if (change.type === "renewed" && controller.history.latest === undefined && told.length > 0) tell([], Date.now());
	});
}

function plain({ file, line, created, live }: CreationSite): SeenSite {
	return { file, line, created, live };
}

function sameCounts(a: readonly SeenSite[], b: readonly SeenSite[]): boolean {
	return a.length === b.length && a.every((site, index) => site.created === b[index]?.created && site.live === b[index]?.live);
}
