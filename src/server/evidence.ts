import { confirmSites, SourcePaths } from "../evidence/index.js";
import {
	AnalysisMethod,
	evidenceText,
	type Finding,
	isEvidenceParams,
	type PoolHint,
	type SeenSite,
	type SiteVerdict,
	unplaced,
} from "../protocol/index.js";
import type { Folder } from "./folder.js";
import type { Folders } from "./folders.js";

/** What an attached process showed of a folder's files. */
export interface SeenInFolder {
	readonly sites: ReadonlyMap<string, readonly SeenSite[]>;
	/** Milliseconds since the epoch. */
	readonly at: number;
}

interface Located {
	readonly folder: Folder;
	readonly file: string;
}

/**
 * Shows the findings that a running process confirms, and says of each site what the sources say of it.
 * @throws when `params` are no `EvidenceParams`.
 */
export function takeEvidence(folders: Folders, params: unknown): SiteVerdict[] {
	if (!isEvidenceParams(params)) throw new Error(`${AnalysisMethod.evidence} takes {"at": <time>, "sites": [<site>]}.`);
	const { at, sites } = params;
	const located = locate(folders, sites);
	const verdicts = new Map<SeenSite, SiteVerdict>();
	for (const folder of folders.all()) {
		const own = sitesOf(folder, sites, located);
		folder.showEvidence({ at, sites: own });
		for (const [file, seen] of own) {
			for (const { site, finding } of confirmSites(seen, folder.analysis.findings(file))) {
				const { line, rule } = finding ?? { line: site.line, rule: null };
				verdicts.set(site, { ...site, uri: folder.root.uriOf(file), line, rule });
			}
		}
	}
	return sites.map((site) => verdicts.get(site) ?? unplaced(site));
}

/** A site belongs to the one folder that has such a source. */
function locate(folders: Folders, sites: readonly SeenSite[]): readonly (Located | null)[] {
	const paths = folders
		.all()
		.map((folder) => ({ folder, paths: new SourcePaths(folder.root.path.replaceAll("\\", "/"), folder.analysis.sources()) }));
	return sites.map(({ file: path }) => {
		const found = paths.flatMap(({ folder, paths: own }): Located[] => {
			const file = own.find(path);
			return file === null ? [] : [{ folder, file }];
		});
		return found.length === 1 ? (found[0] ?? null) : null;
	});
}

function sitesOf(
	folder: Folder,
	sites: readonly SeenSite[],
	located: readonly (Located | null)[],
): ReadonlyMap<string, readonly SeenSite[]> {
	const own = new Map<string, SeenSite[]>();
	sites.forEach((site, index) => {
		const place = located[index];
		if (place?.folder === folder) own.set(place.file, [...(own.get(place.file) ?? []), site]);
	});
	return own;
}

/** The label of a confirmed client says how many of it are alive. @param findings those of the hints' file */
export function confirmedHints(hints: readonly PoolHint[], findings: readonly Finding[]): readonly PoolHint[] {
	return hints.map((hint) => {
		const { label, subject } = hint;
		const own = findings.find(({ line }) => line === subject.line);
		return label === null || own?.evidence === undefined ? hint : { ...hint, label: `${label} · ${evidenceText(own.evidence)}` };
	});
}
