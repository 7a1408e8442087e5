import type { Analysis, ScanOptions } from "../analysis/index.js";
import { listsOtherFiles, type Settings } from "../config/index.js";
import { withEvidence } from "../evidence/index.js";
import type { AnalysisState, ClientLens, Finding, PoolHint } from "../protocol/index.js";
import type { Place } from "./documents.js";
import { confirmedHints, type SeenInFolder } from "./evidence.js";
import { FindingsPublisher } from "./publisher.js";
import { Root } from "./root.js";

/** Edits that arrive together share one pass. */
const SETTLE_MS = 1;

/** How long nothing is published before it is looked for hints that are different elsewhere. */
const HINTS_DELAY_MS = 150;

/** A document the editor holds open, with the text it shows. */
export interface OpenFile {
	readonly file: string;
	readonly text: string;
}

/** What a workspace folder asks of the server it lives in. */
export interface FolderHost {
	placeOf(root: Root, file: string): Place;
	openFiles(folder: Folder): readonly OpenFile[];
	/** Runs a scan where the person sees its progress and can cancel it. */
	showProgress(title: string, stop: AbortSignal, scan: (options: ScanOptions) => Promise<void>): Promise<void>;
	publish(folder: Folder, file: string, findings: readonly Finding[]): void;
	/** The folder's findings or its state may be different now. */
	changed(): void;
	/** Hints of documents that nobody edited are different now. */
	hintsChanged(): void;
	log(message: string): void;
	failed(what: string, error: unknown): void;
}

/** One workspace folder under analysis: takes in edits and changes on disk, publishes what the findings become. */
export class Folder {
	readonly uri: string;
	readonly root: Root;
	readonly analysis: Analysis;
	readonly #host: FolderHost;
	readonly #publisher: FindingsPublisher;
	readonly #stop = new AbortController();
	/** What was edited since findings were published last. */
	readonly #edited = new Set<string>();
	/** What was edited before they were: editors ask for its hints by themselves. */
	#lastEdited: ReadonlySet<string> = new Set();
	#settings: Settings;
	#state: AnalysisState = "idle";
	/** Scans and reads of the disk, one after the other. */
	#queue: Promise<void> = Promise.resolve();
	#timer: NodeJS.Timeout | null = null;
	#hintTimer: NodeJS.Timeout | null = null;
	#hints: ReadonlyMap<string, string> = new Map();
	#seen: SeenInFolder = { sites: new Map(), at: 0 };

	constructor(uri: string, settings: Settings, createAnalysis: (root: string, settings: Settings) => Analysis, host: FolderHost) {
		this.uri = uri;
		this.root = new Root(uri);
		this.#settings = settings;
		this.analysis = createAnalysis(this.root.path, settings);
		this.#host = host;
		this.#publisher = new FindingsPublisher((file, findings) => host.publish(this, file, findings));
	}

	get settings(): Settings {
		return this.#settings;
	}

	get state(): AnalysisState {
		return this.#state;
	}

	placeOf(file: string): Place {
		return this.#host.placeOf(this.root, file);
	}

	/** All findings, or those of one file, with what an attached process showed of them. */
	findings(file?: string): readonly Finding[] {
		const found = this.analysis.findings(file);
		return this.#seen.sites.size === 0 ? found : withEvidence(found, this.#seen.sites, this.#seen.at);
	}

	/** What a process showed takes the place of what was shown before. */
	showEvidence(seen: SeenInFolder): void {
		if (this.#seen.sites.size === 0 && seen.sites.size === 0) return;
		this.#seen = seen;
		this.publish();
	}

	/** What there is to say of a file's clients and pools, whether or not hints are shown. */
	notes(file: string): readonly PoolHint[] {
		return this.#state === "ready" ? this.analysis.hints(file) : [];
	}

	hints(file: string): readonly PoolHint[] {
		if (!this.#settings.poolHints) return [];
		const notes = this.notes(file);
		return this.#seen.sites.has(file) ? confirmedHints(notes, this.findings(file)) : notes;
	}

	lenses(file: string): readonly ClientLens[] {
		return this.#state === "ready" && this.#settings.codeLens ? this.analysis.lenses(file) : [];
	}

	/** @param cancel ends it, whether it has begun or waits for its turn */
	scan(cancel: AbortSignal): Promise<void> {
		return this.#enqueue("The scan", async () => {
			this.#setState("scanning");
			const started = performance.now();
			const stop = AbortSignal.any([this.#stop.signal, cancel]);
			try {
				await this.#host.showProgress(`Prisma Leak Lens: ${this.root.name}`, stop, (options) => this.analysis.scan(options));
			} catch (error) {
				this.#setState(isAbort(error) ? "idle" : "failed");
				if (!isAbort(error)) throw error;
				this.#host.log(`The scan of ${this.root.name} was cancelled. Run "Check workspace" to scan it.`);
				return;
			}
			for (const { file, text } of this.#host.openFiles(this)) this.analysis.setText(file, text);
			this.#setState("ready");
			this.publish();
			const seconds = ((performance.now() - started) / 1_000).toFixed(1);
			this.#host.log(`Scanned ${this.root.name} in ${seconds} s: ${this.analysis.findings().length} findings.`);
		});
	}

	/** `text` is what the editor shows; undefined when the document was closed and the disk counts again. */
	edit(file: string, text: string | undefined): void {
		this.analysis.setText(file, text);
		this.#edited.add(file);
		this.#timer ??= setTimeout(() => {
			this.#timer = null;
			this.#attempt("The check of an edit", () => this.publish());
		}, SETTLE_MS);
	}

	refresh(files: readonly string[]): Promise<void> {
		return this.#enqueue("Reading changed files", async () => {
			await this.analysis.refresh(files);
			this.publish();
		});
	}

	/** @returns when the findings follow the settings; other exclusions and roles mean other files, so the folder is scanned again. */
	async configure(settings: Settings, cancel: AbortSignal): Promise<void> {
		const rescan = listsOtherFiles(this.#settings, settings);
		this.#settings = settings;
		await this.#enqueue("Taking in the settings", async () => {
			this.analysis.configure(settings);
			this.publish();
		});
		if (rescan) await this.scan(cancel);
	}

	/** Resolves when every scan and every change on disk so far has been taken in. */
	settled(): Promise<void> {
		return this.#queue;
	}

	/** Says what has changed since it was last said; nothing while a scan runs, which ends in saying it. */
	publish(): void {
		if (this.#state !== "ready" || this.#stop.signal.aborted) return;
		const open = this.#host.openFiles(this).map(({ file }) => file);
		this.#publisher.publish(this.findings(), open);
		this.#host.changed();
		this.#lastEdited = new Set(this.#edited);
		this.#edited.clear();
		if (this.#hintTimer !== null) clearTimeout(this.#hintTimer);
		this.#hintTimer = setTimeout(() => this.#attempt("Looking for changed hints", () => this.#watchHints()), HINTS_DELAY_MS);
	}

	unpublish(): void {
		this.#publisher.clear();
	}

	dispose(): void {
		this.#stop.abort();
		if (this.#timer !== null) clearTimeout(this.#timer);
		if (this.#hintTimer !== null) clearTimeout(this.#hintTimer);
		this.#publisher.clear();
	}

	/** What a timer runs: nobody else would catch its failure, and the server would end. */
	#attempt(what: string, work: () => void): void {
		try {
			work();
		} catch (error) {
			this.#host.failed(what, error);
		}
	}

	#enqueue(what: string, work: () => Promise<void>): Promise<void> {
		this.#queue = this.#queue.then(async () => {
			if (this.#stop.signal.aborted) return;
			try {
				await work();
			} catch (error) {
				this.#host.failed(`${what} of ${this.root.name}`, error);
			}
		});
		return this.#queue;
	}

	#setState(state: AnalysisState): void {
		if (this.#state === state) return;
		this.#state = state;
		this.#host.changed();
	}

	/** Editors ask again for the hints and lenses of what they edit, not for those that change because of an edit elsewhere. */
	#watchHints(): void {
		this.#hintTimer = null;
		const open = this.#host.openFiles(this).map(({ file }) => file);
		const now = new Map(open.map((file) => [file, JSON.stringify([this.hints(file), this.lenses(file)])]));
		const before = this.#hints;
		this.#hints = now;
		const changed = open.some((file) => !this.#lastEdited.has(file) && before.get(file) !== now.get(file));
		if (changed) this.#host.hintsChanged();
	}
}

function isAbort(error: unknown): boolean {
	return error instanceof Error && error.name === "AbortError";
}
