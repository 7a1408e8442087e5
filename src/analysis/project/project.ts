import { resolve } from "node:path";
import { DEFAULT_SETTINGS, type Settings } from "../../config/index.js";
import type { CheckReport, ClientLens, FileRange, Finding, FixOutcome, MemoryCost, PoolHint, UnreadFile } from "../../protocol/index.js";
import { costBasisOf, memoryCostOf } from "../cost/index.js";
import { FixFiles } from "../fixes/index.js";
import { clientLenses, poolHints } from "../hints/index.js";
import type { Model } from "../rules/index.js";
import { type LiveWorkspace, loadWorkspace, type Workspace } from "../workspace/index.js";
import { Evaluation } from "./evaluation.js";
import { FileAnswers } from "./file-answers.js";
import { groupByFile, inScope } from "./findings.js";
import { fixWorkspace } from "./fix-workspace.js";
import { Fixer } from "./fixer.js";
import { lensPlaces } from "./lens-places.js";
import { buildReport } from "./report.js";
import { type CacheFolder, ScanCache } from "./scan-cache.js";
import { SourceStore, type Wanted } from "./source-store.js";
import { isCurrent, isTouched, modelStamp, stampConsulted, stampSources } from "./stamps.js";
import { Stopwatch } from "./stopwatch.js";
import type { Analysis, FixedAll, FixScope, FixSelection, ScanOptions } from "./types.js";

/** Opens a workspace for analysis; nothing is read before `scan`. */
export function openProject(root: string, settings: Settings = DEFAULT_SETTINGS, cache: CacheFolder | null = null): Analysis {
	const path = resolve(root).split("\\").join("/");
	return new Project(path, settings, cache && new ScanCache(cache, path));
}

/** What is known after a scan; replaced piece by piece as files change. */
interface Scanned {
	readonly workspace: LiveWorkspace;
	readonly store: SourceStore;
	/** Null as long as the findings came from the cache and nobody asked for more, and when it is to begin anew. */
	evaluation: Evaluation | null;
}

interface Results {
	/** Null when the findings came from the cache. */
	readonly model: Model | null;
	readonly analysed: number;
	readonly unread: readonly UnreadFile[];
	readonly findings: readonly Finding[];
	/** How many findings comments have silenced. */
	readonly suppressed: number;
	readonly byFile: ReadonlyMap<string, readonly Finding[]>;
}

class Project implements Analysis {
	private scanned: Scanned | null = null;
	private results: Results | null = null;
	private timing: Record<string, number> = {};
	private readonly knownHints = new FileAnswers<readonly PoolHint[]>();
	private readonly knownLenses = new FileAnswers<readonly ClientLens[]>();

	constructor(
		readonly root: string,
		private settings: Settings,
		private readonly cache: ScanCache | null,
	) {}

	async scan(options: ScanOptions = {}): Promise<void> {
		const clock = new Stopwatch();
		options.onProgress?.({ phase: "list", done: 0, total: 1 });
		const workspace = await loadWorkspace(this.root, this.settings, options.signal);
		clock.lap("list");
		if (!this.scanned && this.restore(workspace)) {
			clock.lap("restore");
		} else {
			await this.read(workspace, options, clock);
		}
		this.timing = clock.laps;
	}

	/** Takes over what an earlier run found, if nothing has changed since. */
	private restore(workspace: LiveWorkspace): boolean {
		const stored = this.cache?.load();
		if (!stored) return false;
		const store = new SourceStore(this.root);
		const model = modelStamp(workspace, this.settings);
		if (!isCurrent(stored, workspace, model, store)) return false;
		if (isTouched(stored, workspace)) this.cache?.save({ ...stored, sources: stampSources(workspace.sources, store) });
		const { findings, suppressed, analysed, unread } = stored;
		this.scanned = { workspace, store, evaluation: null };
		this.results = { model: null, analysed, unread, findings, suppressed, byFile: groupByFile(findings) };
		return true;
	}

	private async read(workspace: LiveWorkspace, options: ScanOptions, clock: Stopwatch): Promise<void> {
		const store = this.scanned?.store ?? new SourceStore(this.root);
		try {
			await store.readAll(workspace.sources, wantedIn(workspace), {
				signal: options.signal,
				onProgress: (done, total) => options.onProgress?.({ phase: "read", done, total }),
			});
			clock.lap("read");
			options.onProgress?.({ phase: "analyse", done: 0, total: 1 });
			const evaluation = new Evaluation(workspace, store, this.settings);
			this.scanned = { workspace, store, evaluation };
			this.results = this.evaluate(store, evaluation);
			clock.lap("analyse");
			this.keep(workspace, store, this.results);
		} finally {
			store.release();
		}
	}

	/** Leaves the results for the next start; not while editors hold texts that are not on disk. */
	private keep(workspace: LiveWorkspace, store: SourceStore, { findings, suppressed, analysed, unread }: Results): void {
		if (!this.cache || store.hasOverlays) return;
		const model = modelStamp(workspace, this.settings);
		const sources = stampSources(workspace.sources, store);
		this.cache.save({ model, sources, consulted: stampConsulted(store), findings, suppressed, unread, analysed });
	}

	setText(file: string, text: string | undefined): void {
		if (!this.scanned) return;
		const { workspace, store } = this.scanned;
		if (!this.scanned.evaluation && this.results && store.text(file) === text) return;
		this.load(this.scanned);
		store.setOverlay(file, text);
		if (workspace.has(file)) this.update(this.scanned, file);
		if (workspace.setText(file, text)) this.followWorkspace(this.scanned);
		this.results = null;
	}

	create(file: string, text: string): void {
		if (!this.scanned) return;
		this.scanned.workspace.addSource(file);
		this.setText(file, text);
		this.beginAnew(this.scanned);
	}

	async refresh(files: readonly string[]): Promise<void> {
		if (!this.scanned) return;
		const { workspace } = this.scanned;
		this.load(this.scanned);
		const change = await workspace.update(files);
		for (const file of change.sources) this.update(this.scanned, file);
		if (change.listing) this.beginAnew(this.scanned);
		else if (change.model) this.followWorkspace(this.scanned);
		if (change.sources.length > 0 || change.model) this.results = null;
	}

	configure(settings: Settings): void {
		this.settings = settings;
		this.results = null;
		if (this.scanned) this.scanned.evaluation = null;
	}

	findings(file?: string): readonly Finding[] {
		const results = this.current();
		if (!results) return [];
		return file === undefined ? results.findings : (results.byFile.get(file) ?? []);
	}

	hints(file: string): readonly PoolHint[] {
		const model = this.model();
		if (!model || !this.results) return [];
		return this.knownHints.of(this.results, file, () => poolHints(model, file));
	}

	lenses(file: string): readonly ClientLens[] {
		const model = this.model();
		if (!model || !this.scanned || !this.results) return [];
		const { imports } = this.load(this.scanned);
		return this.knownLenses.of(this.results, file, () => clientLenses(model, imports, file));
	}

	lensPlaces(lens: ClientLens): readonly FileRange[] {
		const model = this.model();
		if (!model || !this.scanned) return [];
		const { resolver, imports } = this.load(this.scanned);
		const { store } = this.scanned;
		return lensPlaces({ model, imports, resolver, readText: (file) => store.text(file) }, lens);
	}

	fixes(finding: Finding): readonly FixOutcome[] {
		return this.fixer()?.fixes(finding) ?? [];
	}

	suppressions(finding: Finding): readonly FixOutcome[] {
		return this.fixer()?.suppressions(finding) ?? [];
	}

	fixAll(selection: FixSelection, scope: FixScope): FixedAll {
		const fixer = this.fixer();
		if (!fixer) return { outcome: { kind: "refused", id: "fix-all", reason: "The workspace is still being read." }, refused: [] };
		return fixer.fixAll(selection, inScope(this.findings(), scope));
	}

	report(): CheckReport {
		const results = this.current();
		return buildReport({
			root: this.root,
			workspace: this.scanned?.workspace ?? null,
			unread: [...(this.scanned?.workspace.unread ?? []), ...(results?.unread ?? [])],
			analysed: results?.analysed ?? 0,
			findings: results?.findings ?? [],
			suppressed: results?.suppressed ?? 0,
			timing: this.timing,
		});
	}

	sources(): readonly string[] {
		return this.scanned?.workspace.sources.map(({ path }) => path) ?? [];
	}

	packageOf(file: string): string {
		return this.scanned?.workspace.packageOf(file).dir ?? "";
	}

	databaseEndpoints(): readonly string[] {
		return this.scanned?.workspace.databaseEndpoints ?? [];
	}

	memoryCosts(): readonly MemoryCost[] {
		const users = this.scanned?.workspace.packages.filter(({ prismaFrom }) => prismaFrom !== null) ?? [];
		return users.flatMap((pkg) => memoryCostOf(costBasisOf(pkg)) ?? []);
	}

	private fixer(): Fixer | null {
		const model = this.model();
		if (!model || !this.scanned) return null;
		const { workspace, store } = this.scanned;
		const { resolver, imports } = this.load(this.scanned);
		const files = new FixFiles((file) => store.text(file));
		return new Fixer({
			model,
			workspace: fixWorkspace(workspace, resolver, imports, (file) => store.text(file)),
			text: (file) => files.text(file),
			source: (file) => files.source(file),
		});
	}

	private current(): Results | null {
		if (!this.results && this.scanned) {
			const { store } = this.scanned;
			this.results = this.evaluate(store, this.load(this.scanned));
			store.release();
		}
		return this.results;
	}

	private model(): Model | null {
		if (this.results && !this.results.model) this.results = null;
		return this.current()?.model ?? null;
	}

	/** Reads the sources, where the cache has spared that so far. */
	private load(scanned: Scanned): Evaluation {
		const { workspace, store } = scanned;
		if (!scanned.evaluation) {
			if (store.texts.size === 0) store.readNow(workspace.sources, wantedIn(workspace));
			scanned.evaluation = new Evaluation(workspace, store, this.settings);
		}
		return scanned.evaluation;
	}

	private update({ workspace, store, evaluation }: Scanned, file: string): void {
		const before = store.texts.get(file)?.specifiers ?? [];
		store.update(file, workspace.has(file), wantedIn(workspace));
		evaluation?.fileChanged(file, before);
	}

	private followWorkspace(scanned: Scanned): void {
		if (!scanned.evaluation?.workspaceChanged()) this.beginAnew(scanned);
	}

	/** Imports resolve otherwise, or files are for something else: nothing that was worked out holds for certain. */
	private beginAnew(scanned: Scanned): void {
		scanned.store.select(wantedIn(scanned.workspace));
		scanned.evaluation = null;
	}

	private evaluate(store: SourceStore, evaluation: Evaluation): Results {
		const evaluated = evaluation.run();
		return { ...evaluated, analysed: evaluated.model.files.length, unread: store.unread };
	}
}

/** Generated and compiled files are nobody's to change; of tests only those that own a client can be found fault with. */
function wantedIn(workspace: Workspace): Wanted {
	return (file, text) => {
		if (!text.matters) return false;
		const role = workspace.roleOf(file);
		return role === "test" ? text.ownsClients : role !== "generated" && role !== "build" && role !== "archive";
	};
}
