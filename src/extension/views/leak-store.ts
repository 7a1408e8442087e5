import type { FolderFiles, Overview, OverviewChange, OverviewFile, OverviewFolder, UnreadFile } from "../../protocol/index.js";
import type { Leak } from "./leak.js";

export interface UnreadPlace extends UnreadFile {
	/** URI of the workspace folder. */
	readonly folder: string;
}

/** What the server has told of all findings: taken in whole once, then file by file. */
export class LeakStore {
	#folders: readonly OverviewFolder[] = [];
	#titles: Overview["titles"] = {};
	readonly #files = new Map<string, Map<string, OverviewFile>>();
	#leaks: readonly Leak[] | null = null;

	get folders(): readonly OverviewFolder[] {
		return this.#folders;
	}

	/** All findings; made anew only after a change. */
	get leaks(): readonly Leak[] {
		this.#leaks ??= this.#folders.flatMap((folder) => this.#leaksOf(folder.uri));
		return this.#leaks;
	}

	/** What could not be read in full, in all folders. */
	get unread(): readonly UnreadPlace[] {
		return this.#folders.flatMap(({ uri, unread }) => unread.map((file) => ({ ...file, folder: uri })));
	}

	reset({ titles, folders, contents }: Overview): void {
		this.#titles = titles;
		this.#files.clear();
		this.#take(folders, contents);
	}

	apply({ folders, contents }: OverviewChange): void {
		this.#take(folders, contents);
	}

	#take(folders: readonly OverviewFolder[], contents: readonly FolderFiles[]): void {
		this.#folders = folders;
		this.#leaks = null;
		const present = new Set(folders.map(({ uri }) => uri));
		for (const uri of this.#files.keys()) if (!present.has(uri)) this.#files.delete(uri);
		for (const { folder, files } of contents) {
			const known = this.#files.get(folder) ?? new Map<string, OverviewFile>();
			this.#files.set(folder, known);
			for (const file of files) {
				if (file.findings.length === 0) known.delete(file.file);
				else known.set(file.file, file);
			}
		}
	}

	#leaksOf(folder: string): Leak[] {
		return [...(this.#files.get(folder)?.values() ?? [])].flatMap(({ file, package: owner, findings }) =>
			// Spread last: what goes on after a spread gets a shape of its own each time in Node 20, and is read six times as slowly.
			findings.map((finding) => ({ folder, file, package: owner, title: this.#titles[finding.rule] ?? finding.rule, ...finding })),
		);
	}
}
