import { posix } from "node:path";
import { parseJsonc } from "../../config/jsonc.js";
import type { ReadText } from "./types.js";

/** `paths` of a compiler configuration: patterns with at most one `*`, targets relative to the root. */
export interface PathAlias {
	readonly pattern: string;
	readonly targets: readonly string[];
}

export interface CompilerConfig {
	/** Folder of the configuration. */
	readonly dir: string;
	readonly aliases: readonly PathAlias[];
	/** Folder that bare specifiers may start from; null without `baseUrl`. */
	readonly baseUrl: string | null;
	/** Whether Node's rules for endings hold: `moduleResolution` or `module` is `node16`, `nodenext` or newer. */
	readonly nodeResolution: boolean;
}

interface RawConfig {
	readonly dir: string;
	readonly aliases: readonly PathAlias[] | null;
	readonly baseUrl: string | null;
	readonly module: string | null;
	readonly moduleResolution: string | null;
	readonly references: readonly string[];
}

/** Longest chain of `extends` and references that is followed; a cycle ends here at the latest. */
const MAX_DEPTH = 12;

/** Reads `tsconfig.json` and `jsconfig.json` files with what they extend and refer to; each once. */
export class CompilerConfigs {
	readonly #read: ReadText;
	readonly #packageFolder: (name: string) => string | null;
	readonly #byFolder = new Map<string, CompilerConfig | null>();
	readonly #chains = new Map<string, readonly CompilerConfig[]>();

	/** @param packageFolder folder of a workspace package, for `extends: "@repo/tsconfig/base.json"` */
	constructor(read: ReadText, packageFolder: (name: string) => string | null) {
		this.#read = read;
		this.#packageFolder = packageFolder;
	}

	/** The configurations at and above a folder, nearest first. */
	around(folder: string): readonly CompilerConfig[] {
		const known = this.#chains.get(folder);
		if (known !== undefined) return known;
		const own = this.#at(folder);
		const above = folder === "" ? [] : this.around(folder.slice(0, Math.max(0, folder.lastIndexOf("/"))));
		const chain = own === null ? above : [own, ...above];
		this.#chains.set(folder, chain);
		return chain;
	}

	#at(folder: string): CompilerConfig | null {
		const known = this.#byFolder.get(folder);
		if (known !== undefined) return known;
		const config = this.#load(posix.join(folder, "tsconfig.json")) ?? this.#load(posix.join(folder, "jsconfig.json"));
		this.#byFolder.set(folder, config);
		return config;
	}

	#load(path: string): CompilerConfig | null {
		const raw = this.#raw(path, 0);
		if (raw === null) return null;
		const referenced = raw.references.flatMap((reference) => this.#raw(reference, 1) ?? []);
		const kind =
			raw.moduleResolution ?? raw.module ?? referenced.map((config) => config.moduleResolution ?? config.module).find(Boolean) ?? "";
		return {
			dir: raw.dir,
			aliases: [raw, ...referenced].flatMap((config) => config.aliases ?? []).sort(bySpecificity),
			baseUrl: raw.baseUrl ?? referenced.map((config) => config.baseUrl).find((url) => url !== null) ?? null,
			nodeResolution: /^node(16|18|20|next)$/i.test(kind),
		};
	}

	#raw(path: string, depth: number): RawConfig | null {
		const text = depth > MAX_DEPTH ? undefined : this.#read(path);
		if (text === undefined) return null;
		const json = recordOf(parseJsonc(text));
		const dir = folderOf(path);
		const options = recordOf(json.compilerOptions);
		const bases = stringsOf(json.extends)
			.map((base) => this.#base(dir, base, depth))
			.filter((base) => base !== null);
		const inherited = <K extends keyof RawConfig>(key: K): RawConfig[K] | null =>
			bases.reduce<RawConfig[K] | null>((value, base) => base[key] ?? value, null);
		const baseUrl = typeof options.baseUrl === "string" ? posix.join(dir, withoutConfigDir(options.baseUrl)) : inherited("baseUrl");
		return {
			dir,
			baseUrl: baseUrl === "." ? "" : baseUrl,
			aliases: options.paths === undefined ? inherited("aliases") : aliasesOf(options.paths, baseUrl ?? dir),
			module: typeof options.module === "string" ? options.module : inherited("module"),
			moduleResolution: typeof options.moduleResolution === "string" ? options.moduleResolution : inherited("moduleResolution"),
			references: Array.isArray(json.references) ? json.references.flatMap((entry) => referenceOf(dir, entry)) : [],
		};
	}

	#base(dir: string, base: string, depth: number): RawConfig | null {
		for (const candidate of this.#baseCandidates(dir, base)) {
			const raw = this.#raw(candidate, depth + 1);
			if (raw !== null) return raw;
		}
		return null;
	}

	#baseCandidates(dir: string, base: string): string[] {
		const withEnding = (path: string): string[] => (path.endsWith(".json") ? [path] : [`${path}.json`, `${path}/tsconfig.json`]);
		if (base.startsWith(".")) return withEnding(posix.join(dir, base));
		const [, name = "", rest = ""] = /^(@[^/]+\/[^/]+|[^/]+)(.*)$/.exec(base) ?? [];
		const folder = this.#packageFolder(name);
		const candidates = folder === null ? [] : withEnding(posix.join(folder, rest));
		for (let at = dir; ; at = folderOf(at)) {
			candidates.push(...withEnding(posix.join(at, "node_modules", base)));
			if (at === "") return candidates;
		}
	}
}

function bySpecificity(a: PathAlias, b: PathAlias): number {
	return prefixLength(b.pattern) - prefixLength(a.pattern);
}

function prefixLength(pattern: string): number {
	const star = pattern.indexOf("*");
	return star < 0 ? Number.MAX_SAFE_INTEGER : star;
}

function aliasesOf(paths: unknown, base: string): PathAlias[] {
	return Object.entries(recordOf(paths)).map(([pattern, targets]) => ({
		pattern,
		targets: stringsOf(targets).map((target) => posix.join(base, withoutConfigDir(target))),
	}));
}

function referenceOf(dir: string, entry: unknown): string[] {
	const { path } = recordOf(entry);
	if (typeof path !== "string") return [];
	const target = posix.join(dir, path);
	return [target.endsWith(".json") ? target : `${target}/tsconfig.json`];
}

/** `${configDir}` is the extending file's folder; for an own option that is the folder itself. */
function withoutConfigDir(path: string): string {
	return path.replace(/^\$\{configDir\}\/?/, "./");
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function stringsOf(value: unknown): string[] {
	return (Array.isArray(value) ? value : [value]).filter((entry): entry is string => typeof entry === "string");
}

function folderOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
