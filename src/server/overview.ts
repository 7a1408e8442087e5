import { isDeepStrictEqual } from "node:util";
import { ruleTitles } from "../analysis/index.js";
import type { Finding, FolderFiles, Overview, OverviewChange, OverviewFile, OverviewFinding, OverviewFolder } from "../protocol/index.js";
import type { Folder } from "./folder.js";
import type { Folders } from "./folders.js";
import { FindingsPublisher } from "./publisher.js";

/** What the editor was told of one folder, and what it has not been told yet. */
interface Told {
	readonly publisher: FindingsPublisher;
	pending: OverviewFile[];
}

/** Tells the editor all findings once, when it asks, and from then on those of the files where they change. */
export class OverviewFeed {
	readonly #folders: Folders;
	#told: Map<Folder, Told> | null = null;
	#toldFolders: readonly OverviewFolder[] = [];

	constructor(folders: Folders) {
		this.#folders = folders;
	}

	/** Everything; begins the reports of changes, or begins them anew. */
	open(): Overview {
		this.#told = new Map();
		const all = this.#collect(this.#told);
		this.#toldFolders = all.folders;
		return { titles: ruleTitles(), ...all };
	}

	/** What is different since the last time; null where nothing is, and while nobody has asked for the overview. */
	changes(): OverviewChange | null {
		if (this.#told === null) return null;
		const change = this.#collect(this.#told);
		if (change.contents.length === 0 && isDeepStrictEqual(change.folders, this.#toldFolders)) return null;
		this.#toldFolders = change.folders;
		return change;
	}

	#collect(told: Map<Folder, Told>): OverviewChange {
		const folders = this.#folders.all();
		for (const folder of told.keys()) if (!folders.includes(folder)) told.delete(folder);
		return { folders: folders.map(describeFolder), contents: folders.flatMap((folder) => this.#changesOf(folder, told)) };
	}

	/** A folder that is being read keeps what was told of it. */
	#changesOf(folder: Folder, told: Map<Folder, Told>): FolderFiles[] {
		if (folder.state !== "ready") return [];
		let known = told.get(folder);
		if (known === undefined) {
			known = this.#begin(folder);
			told.set(folder, known);
		}
		known.publisher.publish(this.#ownFindings(folder), []);
		const files = known.pending;
		known.pending = [];
		return files.length === 0 ? [] : [{ folder: folder.uri, files }];
	}

	#begin(folder: Folder): Told {
		const told: Told = {
			pending: [],
			publisher: new FindingsPublisher((file, findings) => {
				told.pending.push({ file, package: folder.analysis.packageOf(file) || ".", findings: findings.map(describeFinding) });
			}),
		};
		return told;
	}

	/** A file of a folder within a folder is told as the inner one's. */
	#ownFindings(folder: Folder): readonly Finding[] {
		const findings = folder.findings();
		const inner = this.#folders.all().filter((other) => other !== folder && folder.root.fileOf(other.uri) !== null);
		return inner.length === 0 ? findings : findings.filter(({ file }) => this.#folders.find(folder.root.uriOf(file))?.folder === folder);
	}
}

function describeFolder({ uri, root, state, analysis }: Folder): OverviewFolder {
	const { prisma, summary, unread } = analysis.report();
	const versions = new Set(prisma.flatMap(({ version }) => version ?? []));
	return { uri, name: root.name, state, files: summary.files, packages: summary.packages, prisma: [...versions].sort(), unread };
}

function describeFinding({
	rule,
	severity,
	message,
	fixes,
	estimate,
	evidence,
	line,
	column,
	endLine,
	endColumn,
}: Finding): OverviewFinding {
	return {
		rule,
		severity,
		message,
		fixable: fixes.length > 0,
		saving: estimate ?? null,
		evidence: evidence ?? null,
		line,
		column,
		endLine,
		endColumn,
	};
}
