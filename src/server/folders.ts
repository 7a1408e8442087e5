import type { AnalysisSummary, CheckReport } from "../protocol/index.js";
import type { Folder } from "./folder.js";

/** The open workspace folders. A file belongs to the innermost of those that hold it. */
export class Folders {
	readonly #folders = new Map<string, Folder>();
	#cancel = new AbortController();

	/** Ends the scans that were begun with it, or asked for before their folders' settings were known. */
	get cancel(): AbortSignal {
		return this.#cancel.signal;
	}

	all(): readonly Folder[] {
		return [...this.#folders.values()];
	}

	add(folder: Folder): void {
		this.#folders.set(folder.uri, folder);
	}

	remove(uri: string): void {
		this.#folders.get(uri)?.dispose();
		this.#folders.delete(uri);
	}

	/** The folder a file belongs to and its name there; null outside of all. */
	find(uri: string): { readonly folder: Folder; readonly file: string } | null {
		let found: { folder: Folder; file: string } | null = null;
		for (const folder of this.#folders.values()) {
			const file = folder.root.fileOf(uri);
			if (file !== null && (found === null || file.length < found.file.length)) found = { folder, file };
		}
		return found;
	}

	/** Resolves when all folders know what the disk and the editor hold. */
	async settled(): Promise<void> {
		await Promise.all(this.all().map((folder) => folder.settled()));
	}

	async scan(): Promise<void> {
		await Promise.all(this.all().map((folder) => folder.scan(this.cancel)));
	}

	cancelScans(): void {
		this.#cancel.abort();
		this.#cancel = new AbortController();
	}

	summary(): AnalysisSummary {
		const states = this.all().map(({ state }) => state);
		const state = (["failed", "scanning", "ready"] as const).find((known) => states.includes(known)) ?? "idle";
		const reports = this.all()
			.filter((folder) => folder.state === "ready")
			.map((folder) => folder.analysis.report().summary);
		const sum = (name: keyof CheckReport["summary"]) => reports.reduce((total, report) => total + report[name], 0);
		return { state, files: sum("files"), errors: sum("errors"), warnings: sum("warnings"), infos: sum("infos"), hints: sum("hints") };
	}
}
