import { AnalysisMethod, type Finding, isLeakQuery, LEAK_LIST_LIMIT, type LeakList, type ListedLeak } from "../protocol/index.js";
import type { Folder } from "./folder.js";
import type { Folders } from "./folders.js";

/**
 * The findings that are asked for, in the order of their files, each with the fixes that can be made.
 * @throws when `query` is no `LeakQuery`.
 */
export function leakList(folders: Folders, query: unknown): LeakList {
	if (!isLeakQuery(query)) throw new Error(`${AnalysisMethod.leakList} takes {"rule": <id>, "file": <end of a path>}.`);
	const { rule, file } = query;
	const asked = folders.all().flatMap((folder) =>
		folder.analysis
			.findings()
			.filter((finding) => (rule === undefined || finding.rule === rule) && (file === undefined || finding.file.endsWith(file)))
			.map((finding) => ({ folder, finding })),
	);
	const findings = asked.slice(0, LEAK_LIST_LIMIT).map(({ folder, finding }) => listed(folder, finding));
	return { findings, notListed: asked.length - findings.length };
}

function listed({ analysis }: Folder, finding: Finding): ListedLeak {
	const { file, line, rule, severity, message } = finding;
	const fixes = analysis.fixes(finding).flatMap((outcome) => (outcome.kind === "fix" ? [outcome.fix.title] : []));
	return { file, line, rule, severity, message, fixes };
}
