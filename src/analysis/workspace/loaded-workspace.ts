import { statSync } from "node:fs";
import { join, sep } from "node:path";
import type { Settings } from "../../config/index.js";
import type { UnreadFile } from "../../protocol/index.js";
import type { Suppression } from "../suppressions/directives.js";
import type { Exclusions } from "./exclusions.js";
import { GivenRoles } from "./given-roles.js";
import { MetadataFiles } from "./metadata-files.js";
import { buildModel, type GeneratedOutput, type Model, structureOf } from "./model.js";
import { kindOf, nameOf } from "./names.js";
import { folderOf, packageDirOf } from "./packages.js";
import { classify, testFolderOf } from "./role.js";
import { readTree, type Tree } from "./tree.js";
import type { FileRole, LiveWorkspace, Package, SourceFile, WorkspaceChange } from "./types.js";
import { byPath, isReadDespiteRules, readSource } from "./walk.js";

/** A workspace that was read once and takes in what changes on disk and in editors. */
export class LoadedWorkspace implements LiveWorkspace {
	readonly root: string;
	readonly #settings: Settings;
	readonly #givenRoles: GivenRoles;
	#exclusions: Exclusions;
	readonly #metadata: MetadataFiles;
	#files: Map<string, SourceFile>;
	#sorted: readonly SourceFile[] | null = null;
	#model: Model;
	readonly #packages = new Map<string, Package>();
	readonly #roles = new Map<string, FileRole>();
	#testFolders: ReadonlySet<string> | null = null;
	#structure: string | null = null;
	/** How often a compiler configuration was changed. */
	#compilerConfigs = 0;

	constructor(root: string, settings: Settings, tree: Tree) {
		this.root = root.split(sep).join("/");
		this.#settings = settings;
		this.#givenRoles = new GivenRoles(settings.roles);
		this.#exclusions = tree.exclusions;
		this.#metadata = new MetadataFiles(this.root, tree);
		this.#files = byName(tree.sources);
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
		return this.#metadata.suppressions;
	}

	get unread(): readonly UnreadFile[] {
		return this.#metadata.unread;
	}

	get fingerprint(): string {
		const packages = this.#model.packages.map((pkg) => ({ ...pkg, frameworks: [...pkg.frameworks] }));
		const metadata = [...this.#metadata.entries].sort(([a], [b]) => (a < b ? -1 : 1));
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
		if (change.model) this.#model = buildModel(this.root, this.#metadata.entries);
		if (change.model || change.listing) this.#forget();
		if (change.sources.length > 0) this.#sorted = null;
		return change;
	}

	#updateFile(file: string): { file: string; kind: "none" | "changed" | "listed"; model: boolean } {
		const kind = kindOf(nameOf(file));
		const isIn =
			kind !== null && !this.#exclusions.excludesAbove(file) && (isReadDespiteRules(kind) || !this.#exclusions.excludesFile(file));
		if (!isIn) return { file, kind: "none", model: false };
		this.#metadata.forgetUnread(file);
		const listed = kind === "source" || kind === "prisma-config" ? this.#updateSource(file) : "none";
		if (kind === "source") return { file, kind: listed, model: false };
		if (kind === "compiler-config") this.#compilerConfigs++;
		this.#metadata.refresh(file);
		return { file, kind: listed, model: true };
	}

	setText(file: string, text: string | undefined): boolean {
		const kind = kindOf(nameOf(file));
		if (kind === "compiler-config") {
			this.#compilerConfigs++;
			this.#structure = null;
		}
		if (kind === null || kind === "source" || kind === "rules") return false;
		const isKnown = this.#metadata.isKnown(file);
		const isChanged = this.#metadata.setText(file, text);
		if (isChanged) {
			this.#model = buildModel(this.root, this.#metadata.entries);
			this.#forget();
		}
		return isChanged || (kind === "compiler-config" && !isKnown);
	}

	addSource(file: string): void {
		this.#files.set(file, { path: file, size: 0, mtimeMs: 0 });
		this.#sorted = null;
		this.#forget();
	}

	#updateSource(file: string): "none" | "changed" | "listed" {
		const before = this.#files.has(file);
		const source = readSource(this.root, file);
		if (source === null || "reason" in source) {
			if (source !== null) this.#metadata.addUnread(source);
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
		for (const known of [this.#files, this.#metadata.entries]) {
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
		this.#metadata.replace(fresh);
		this.#model = buildModel(this.root, this.#metadata.entries);
		this.#sorted = null;
		this.#forget();
		const all = new Set([...before.keys(), ...this.#files.keys()]);
		const sources = [...all].filter((file) => before.get(file)?.mtimeMs !== this.#files.get(file)?.mtimeMs);
		return { sources, listing: sources.some((file) => before.has(file) !== this.#files.has(file)), model: true };
	}

	#forget(): void {
		this.#structure = null;
		this.#testFolders = null;
		this.#packages.clear();
		this.#roles.clear();
	}
}

function byName(sources: readonly SourceFile[]): Map<string, SourceFile> {
	return new Map(sources.map((source) => [source.path, source]));
}
