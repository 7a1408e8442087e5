import { readFileSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import type { Settings } from "../../config/index.js";
import type { UnreadFile } from "../../protocol/index.js";
import type { Suppression } from "../suppressions/directives.js";
import { brokenReason } from "./broken.js";
import { Exclusions } from "./exclusions.js";
import { GivenRoles } from "./given-roles.js";
import { type Metadata, readMetadata } from "./metadata.js";
import { buildModel, type GeneratedOutput, type Model, structureOf } from "./model.js";
import { kindOf } from "./names.js";
import { folderOf, packageDirOf } from "./packages.js";
import { classify, testFolderOf } from "./role.js";
import { withoutByteOrderMark } from "./text.js";
import type { FileRole, LiveWorkspace, Package, SourceFile, WorkspaceChange } from "./types.js";
import { byPath, errorCode, isReadDespiteRules, readSource, walk } from "./walk.js";

/**
 * Lists a workspace and reads what its packages, schemas and env files say.
 * @throws when the root cannot be read, or with the signal's reason when it is aborted.
 */
export async function loadWorkspace(root: string, settings: Settings, signal?: AbortSignal): Promise<LiveWorkspace> {
	const absolute = resolve(root);
	return new LoadedWorkspace(absolute, settings, await readTree(absolute, settings, signal));
}

interface Tree {
	readonly exclusions: Exclusions;
	readonly sources: readonly SourceFile[];
	readonly metadata: Map<string, Metadata>;
	readonly unread: readonly UnreadFile[];
}

async function readTree(root: string, settings: Settings, signal?: AbortSignal): Promise<Tree> {
	const exclusions = new Exclusions(root, settings.exclude);
	const { sources, metadata: paths, unread } = await walk(root, exclusions, signal);
	const metadata = new Map<string, Metadata>();
	for (const path of paths) takeIn(root, path, metadata, unread);
	signal?.throwIfAborted();
	return { exclusions, sources, metadata, unread: unread.sort((a, b) => (a.file < b.file ? -1 : 1)) };
}

function takeIn(root: string, path: string, metadata: Map<string, Metadata>, unread: UnreadFile[]): void {
	try {
		// Reading a named pipe, which some password managers put in the place of an env file, would wait for its writer.
		if (statSync(join(root, path)).isFile()) takeText(path, readFileSync(join(root, path), "utf8"), metadata, unread);
	} catch (error) {
		if (errorCode(error) !== "ENOENT") unread.push({ file: path, reason: `It could not be read: ${errorCode(error)}.` });
	}
}

function takeText(path: string, raw: string, metadata: Map<string, Metadata>, unread: UnreadFile[]): void {
	const text = withoutByteOrderMark(raw);
	const read = readMetadata(path, text);
	if (read !== null) metadata.set(path, read);
	const reason = brokenReason(path, text, read);
	if (reason !== null) unread.push({ file: path, reason });
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}

class LoadedWorkspace implements LiveWorkspace {
	readonly root: string;
	readonly #settings: Settings;
	readonly #givenRoles: GivenRoles;
	#exclusions: Exclusions;
	#metadata: Map<string, Metadata>;
	#files: Map<string, SourceFile>;
	#sorted: readonly SourceFile[] | null = null;
	#unread: readonly UnreadFile[];
	#model: Model;
	readonly #packages = new Map<string, Package>();
	readonly #roles = new Map<string, FileRole>();
	#testFolders: ReadonlySet<string> | null = null;
	#suppressions: ReadonlyMap<string, readonly Suppression[]> | null = null;
	#structure: string | null = null;
	/** How often a compiler configuration was changed. */
	#compilerConfigs = 0;
	/** Unsaved texts of metadata files. */
	readonly #texts = new Map<string, string>();

	constructor(root: string, settings: Settings, tree: Tree) {
		this.root = root.split(sep).join("/");
		this.#settings = settings;
		this.#givenRoles = new GivenRoles(settings.roles);
		this.#exclusions = tree.exclusions;
		this.#metadata = tree.metadata;
		this.#files = byName(tree.sources);
		this.#unread = tree.unread;
		this.#model = buildModel(root, tree.metadata);
	}

	get sources(): readonly SourceFile[] {
		this.#sorted ??= [...this.#files.values()].sort(byPath);
		return this.#sorted;
	}

	get packages(): readonly Package[] {
		return this.#model.packages;
	}

	get urlSettings() {
		return this.#model.urlSettings;
	}

	get urlPlaces() {
		return this.#model.urlPlaces;
	}

	get databaseEndpoints(): readonly string[] {
		return this.#model.databaseEndpoints;
	}

	get suppressions(): ReadonlyMap<string, readonly Suppression[]> {
		this.#suppressions ??= new Map(
			[...this.#metadata].flatMap(([file, entry]) =>
				"suppressions" in entry && entry.suppressions.length > 0 ? [[file, entry.suppressions] as const] : [],
			),
		);
		return this.#suppressions;
	}

	get unread(): readonly UnreadFile[] {
		return this.#unread.filter(({ file }) => !this.#isOutdone(file)).sort((a, b) => (a.file < b.file ? -1 : 1));
	}

	/** A binary lock file is not missed where another one stands beside it. */
	#isOutdone(file: string): boolean {
		if (nameOf(file) !== "bun.lockb") return false;
		const dir = folderOf(file);
		return [...this.#metadata].some(([path, { kind }]) => kind === "lockfile" && path !== file && folderOf(path) === dir);
	}

	get fingerprint(): string {
		const packages = this.#model.packages.map((pkg) => ({ ...pkg, frameworks: [...pkg.frameworks] }));
		const metadata = [...this.#metadata].sort(([a], [b]) => (a < b ? -1 : 1));
		return JSON.stringify([packages, metadata, this.unread]);
	}

	get structure(): string {
		this.#structure ??= JSON.stringify([structureOf(this.#model), this.#compilerConfigs]);
		return this.#structure;
	}

	has(file: string): boolean {
		return this.#files.has(file);
	}

	packageOf(file: string): Package {
		const folder = folderOf(file);
		const known = this.#packages.get(folder);
		if (known !== undefined) return known;
		const found = this.#model.byDir.get(packageDirOf(file, this.#model.byDir));
		if (found === undefined) throw new Error(`The workspace has no package for its root, asked for ${file}.`);
		this.#packages.set(folder, found);
		return found;
	}

	generatorOf(path: string): GeneratedOutput | null {
		return this.#model.outputs.find(({ dir }) => path === dir || path.startsWith(`${dir}/`)) ?? null;
	}

	roleOf(file: string): FileRole {
		let role = this.#roles.get(file);
		if (role === undefined) {
			role = this.#givenRoles.of(file) ?? this.#classify(file);
			this.#roles.set(file, role);
		}
		return role;
	}

	#classify(file: string): FileRole {
		return classify(file, {
			isGenerated: (path) => this.generatorOf(path) !== null,
			has: (path) => this.#files.has(path),
			commanded: this.#model.commanded,
			packageDirOf: (path) => this.packageOf(path).dir,
			testFolders: this.#foldersOfTests(),
		});
	}

	#foldersOfTests(): ReadonlySet<string> {
		this.#testFolders ??= new Set([...this.#files.keys()].flatMap((file) => testFolderOf(file) ?? []));
		return this.#testFolders;
	}

	async update(files: readonly string[]): Promise<WorkspaceChange> {
		if (files.some((file) => kindOf(nameOf(file)) === "rules" || this.#isFolder(file))) return this.#reload();
		const changes = [...new Set(files)].map((file) => this.#updateFile(file));
		const change = {
			sources: changes.filter(({ kind }) => kind === "changed" || kind === "listed").map(({ file }) => file),
			listing: changes.some(({ kind }) => kind === "listed"),
			model: changes.some(({ model }) => model),
		};
		if (change.model) this.#model = buildModel(this.root, this.#metadata);
		if (change.model || change.listing) this.#forget();
		if (change.sources.length > 0) this.#sorted = null;
		return change;
	}

	#updateFile(file: string): { file: string; kind: "none" | "changed" | "listed"; model: boolean } {
		const kind = kindOf(nameOf(file));
		const isIn =
			kind !== null && !this.#exclusions.excludesAbove(file) && (isReadDespiteRules(kind) || !this.#exclusions.excludesFile(file));
		if (!isIn) return { file, kind: "none", model: false };
		this.#unread = this.#unread.filter((entry) => entry.file !== file);
		const listed = kind === "source" || kind === "prisma-config" ? this.#updateSource(file) : "none";
		if (kind === "source") return { file, kind: listed, model: false };
		if (kind === "compiler-config") this.#compilerConfigs++;
		this.#metadata.delete(file);
		const unread: UnreadFile[] = [];
		takeIn(this.root, file, this.#metadata, unread);
		this.#unread = [...this.#unread, ...unread];
		const text = this.#texts.get(file);
		if (text !== undefined) this.#takeTyped(file, text);
		return { file, kind: listed, model: true };
	}

	setText(file: string, text: string | undefined): boolean {
		const kind = kindOf(nameOf(file));
		if (kind === "compiler-config") {
			this.#compilerConfigs++;
			this.#structure = null;
		}
		if (kind === null || kind === "source" || kind === "rules") return false;
		if (text === undefined) this.#texts.delete(file);
		else this.#texts.set(file, text);
		if (!this.#isKnown(file)) return kind === "compiler-config";
		const isChanged = text === undefined ? this.#takeSaved(file) : this.#takeTyped(file, text);
		if (isChanged) {
			this.#model = buildModel(this.root, this.#metadata);
			this.#forget();
		}
		return isChanged;
	}

	/** Whether a metadata file is part of the workspace, be it one that could not be read. */
	#isKnown(file: string): boolean {
		return this.#metadata.has(file) || this.#unread.some((entry) => entry.file === file);
	}

	/** Half-typed JSON tells nothing: the last text that could be read stays. Neither does what was deleted on disk. */
	#takeTyped(file: string, text: string): boolean {
		const plain = withoutByteOrderMark(text);
		const read = this.#isKnown(file) ? readMetadata(file, plain) : null;
		if (read === null) return false;
		this.#metadata.set(file, read);
		const reason = brokenReason(file, plain, read);
		this.#unread = [...this.#unread.filter((entry) => entry.file !== file), ...(reason === null ? [] : [{ file, reason }])];
		return true;
	}

	addSource(file: string): void {
		this.#files.set(file, { path: file, size: 0, mtimeMs: 0 });
		this.#sorted = null;
		this.#forget();
	}

	#takeSaved(file: string): boolean {
		try {
			const text = readFileSync(join(this.root, file), "utf8");
			const unread = this.#unread.filter((entry) => entry.file !== file);
			this.#metadata.delete(file);
			takeText(file, text, this.#metadata, unread);
			this.#unread = unread;
			return true;
		} catch {
			return false;
		}
	}

	#updateSource(file: string): "none" | "changed" | "listed" {
		const before = this.#files.has(file);
		const source = readSource(this.root, file);
		if (source === null || "reason" in source) {
			if (source !== null) this.#unread = [...this.#unread, source];
			this.#files.delete(file);
			return before ? "listed" : "none";
		}
		this.#files.set(file, source);
		return before ? "changed" : "listed";
	}

	/** A folder that is moved or deleted comes as one path; the files in it are not named. */
	#isFolder(path: string): boolean {
		if (kindOf(nameOf(path)) !== null) return false;
		const prefix = `${path}/`;
		for (const known of [this.#files, this.#metadata]) {
			for (const file of known.keys()) if (file.startsWith(prefix)) return true;
		}
		if (this.#exclusions.excludesAbove(prefix)) return false;
		return statSync(join(this.root, path), { throwIfNoEntry: false })?.isDirectory() === true;
	}

	/** A changed `.gitignore` may bring in or take out whole folders. */
	async #reload(): Promise<WorkspaceChange> {
		const fresh = await readTree(this.root, this.#settings);
		const before = this.#files;
		this.#files = byName(fresh.sources);
		this.#exclusions = fresh.exclusions;
		this.#metadata = fresh.metadata;
		this.#unread = fresh.unread;
		for (const [file, text] of this.#texts) this.#takeTyped(file, text);
		this.#model = buildModel(this.root, this.#metadata);
		this.#sorted = null;
		this.#forget();
		const all = new Set([...before.keys(), ...this.#files.keys()]);
		const sources = [...all].filter((file) => before.get(file)?.mtimeMs !== this.#files.get(file)?.mtimeMs);
		return { sources, listing: sources.some((file) => before.has(file) !== this.#files.has(file)), model: true };
	}

	#forget(): void {
		this.#structure = null;
		this.#testFolders = null;
		this.#suppressions = null;
		this.#packages.clear();
		this.#roles.clear();
	}
}

function byName(sources: readonly SourceFile[]): Map<string, SourceFile> {
	return new Map(sources.map((source) => [source.path, source]));
}
