import { posix } from "node:path";
import type { Package, Workspace } from "../workspace/index.js";
import { mapKeys, mapTargets, starOf } from "./package-map.js";
import type { CompilerConfig, CompilerConfigs } from "./tsconfig.js";
import type { ReadText, Resolver } from "./types.js";

type SpecifierWorkspace = Pick<Workspace, "packages" | "packageOf">;

/** Which ending local imports are written with. */
type Ending = "none" | "js" | "ts";

interface Style {
	readonly ending: Ending;
	/** Local imports through an alias. */
	readonly aliases: readonly string[];
	/** How many local imports lead out of the file's folder, and into it, by either way. */
	readonly outward: { readonly alias: number; readonly relative: number };
	readonly inward: { readonly alias: number; readonly relative: number };
}

/** Writes import specifiers the way a file already writes them; each is resolved back before it is given out. */
export class SpecifierWriter {
	readonly #workspace: SpecifierWorkspace;
	readonly #read: ReadText;
	readonly #configs: CompilerConfigs;
	readonly #resolver: Pick<Resolver, "resolve">;

	constructor(workspace: SpecifierWorkspace, read: ReadText, configs: CompilerConfigs, resolver: Pick<Resolver, "resolve">) {
		this.#workspace = workspace;
		this.#read = read;
		this.#configs = configs;
		this.#resolver = resolver;
	}

	specifierFor(fromFile: string, toFile: string): string | null {
		const style = this.#styleOf(fromFile);
		const from = this.#workspace.packageOf(fromFile);
		const to = this.#workspace.packageOf(toFile);
		const candidates =
			from.dir === to.dir ? this.#withinPackage(fromFile, toFile, from, style) : this.#acrossPackages(fromFile, toFile, from, to, style);
		return candidates.find((candidate) => this.#leadsTo(fromFile, candidate, toFile)) ?? null;
	}

	#withinPackage(fromFile: string, toFile: string, pkg: Package, style: Style): string[] {
		const relative = relativeSpecifier(fromFile, toFile, style.ending);
		const aliases = [
			...this.#aliasSpecifiers(fromFile, toFile, style),
			...importsMapSpecifiers(pkg, toFile),
			...conventionalSpecifiers(pkg, toFile, style),
		];
		const preferred = prefersAlias(relative, style) ? [...aliases, relative] : [relative, ...aliases];
		return [...preferred, `${relative}/index`];
	}

	#acrossPackages(fromFile: string, toFile: string, from: Package, to: Package, style: Style): string[] {
		const named = to.name !== null && to.name in from.dependencies ? exportedSpecifiers(to, to.name, toFile) : [];
		const aliases = this.#aliasSpecifiers(fromFile, toFile, style);
		const relative = this.#reachesBeyond(fromFile, from) ? [relativeSpecifier(fromFile, toFile, style.ending)] : [];
		return [...named, ...aliases, ...relative];
	}

	/** Whether the file already imports files of other packages by relative paths. */
	#reachesBeyond(fromFile: string, from: Package): boolean {
		return specifiersIn(this.#read(fromFile) ?? "").some((specifier) => {
			if (!specifier.startsWith("../")) return false;
			const found = this.#resolver.resolve(fromFile, specifier);
			return found.kind === "file" && this.#workspace.packageOf(found.path).dir !== from.dir;
		});
	}

	#aliasSpecifiers(fromFile: string, toFile: string, style: Style): string[] {
		const target = withEnding(toFile, style.ending);
		return this.#configs.around(folderOf(fromFile)).flatMap((config) => aliasesTo(config, toFile, target));
	}

	#leadsTo(fromFile: string, specifier: string, toFile: string): boolean {
		const found = this.#resolver.resolve(fromFile, specifier);
		return found.kind === "file" && found.path === toFile;
	}

	#styleOf(fromFile: string): Style {
		const local = specifiersIn(this.#read(fromFile) ?? "").filter(
			(specifier) => this.#resolver.resolve(fromFile, specifier).kind === "file",
		);
		const relative = local.filter((specifier) => specifier.startsWith("."));
		const aliases = local.filter((specifier) => !specifier.startsWith(".") && !this.#isPackage(specifier));
		const own = [...relative, ...aliases];
		const inside = aliases.filter((specifier) => this.#leadsInside(fromFile, specifier)).length;
		const descending = relative.filter((specifier) => !specifier.startsWith("..")).length;
		return {
			ending: own.length > 0 ? endingOf(own) : this.#defaultEnding(fromFile),
			aliases,
			outward: { alias: aliases.length - inside, relative: relative.length - descending },
			inward: { alias: inside, relative: descending },
		};
	}

	#leadsInside(fromFile: string, specifier: string): boolean {
		const found = this.#resolver.resolve(fromFile, specifier);
		return found.kind === "file" && found.path.startsWith(`${folderOf(fromFile)}/`);
	}

	#isPackage(specifier: string): boolean {
		return this.#workspace.packages.some((pkg) => pkg.name !== null && (specifier === pkg.name || specifier.startsWith(`${pkg.name}/`)));
	}

	/** For a file without local imports: Node's ESM wants endings unless a bundler resolves. */
	#defaultEnding(fromFile: string): Ending {
		const pkg = this.#workspace.packageOf(fromFile);
		const isEsm = /\.m[jt]s$/.test(fromFile) || (pkg.moduleType === "module" && !/\.c[jt]s$/.test(fromFile));
		if (!isEsm) return "none";
		const config = this.#configs.around(folderOf(fromFile))[0];
		if (config !== undefined) return config.nodeResolution ? "js" : "none";
		const bundled = ["next", "nuxt", "sveltekit", "remix", "astro", "solidstart"] as const;
		return bundled.some((framework) => pkg.frameworks.has(framework)) ? "none" : "js";
	}
}

/** With nothing to go by, a short relative path reads best, a long climb does not. */
function prefersAlias(relative: string, style: Style): boolean {
	if (!relative.startsWith("..")) return style.inward.alias > style.inward.relative;
	const { alias, relative: climbing } = style.outward;
	return alias + climbing === 0 ? style.aliases.length > 0 || relative.startsWith("../../") : alias >= climbing;
}

function aliasesTo(config: CompilerConfig, toFile: string, target: string): string[] {
	return config.aliases.flatMap(({ pattern, targets }) => {
		if (!pattern.includes("*")) return targets.some((path) => path === toFile || path === withEnding(toFile, "none")) ? [pattern] : [];
		if (pattern === "*") return [];
		return targets.flatMap((path) => {
			const star = starOf(path, target) ?? starOf(path, toFile);
			return star === null || star === "" ? [] : [pattern.replace("*", star)];
		});
	});
}

/** Aliases no configuration names, where the file already uses one: `$lib/db`, `~/db`. */
function conventionalSpecifiers(pkg: Package, toFile: string, style: Style): string[] {
	const prefixes = new Set(style.aliases.flatMap((alias) => /^(\$lib|~~|@@|[@~])\//.exec(alias)?.[1] ?? []));
	const inside = withEnding(posix.relative(pkg.dir, toFile), style.ending);
	const paths = [inside.replace(/^src\/lib\//, ""), inside.replace(/^(src|app|server|client\/src)\//, ""), inside];
	return [...prefixes].flatMap((prefix) => paths.map((path) => `${prefix}/${path}`));
}

function importsMapSpecifiers(pkg: Package, toFile: string): string[] {
	return mapSpecifiers(pkg, pkg.imports, toFile).filter((key) => key.startsWith("#"));
}

function exportedSpecifiers(pkg: Package, name: string, toFile: string): string[] {
	if (pkg.exports !== undefined) return mapSpecifiers(pkg, pkg.exports, toFile).map((key) => name + key.slice(1));
	const path = withEnding(posix.relative(pkg.dir, toFile), "none");
	return [name, `${name}/${path}`, `${name}/${path.replace(/^src\//, "")}`];
}

/** Keys of an `exports` or `imports` map that may lead to a file; the caller resolves them back. */
function mapSpecifiers(pkg: Package, map: unknown, toFile: string): string[] {
	const inside = posix.relative(pkg.dir, toFile);
	return mapKeys(map).flatMap((key) => {
		if (!key.includes("*")) return [key];
		const stars = mapTargets(map, key).flatMap((target) =>
			[inside, withEnding(inside, "js"), withEnding(inside, "none"), withEnding(inside.replace(/^src\//, "dist/"), "js")].flatMap(
				(path) => starOf(target.replace(/^\.\//, ""), path) ?? [],
			),
		);
		return stars.map((star) => key.replace("*", star));
	});
}

function relativeSpecifier(fromFile: string, toFile: string, ending: Ending): string {
	const path = posix.relative(folderOf(fromFile), withEnding(toFile, ending));
	if (path === "") return ".";
	return path.startsWith("../") || path === ".." ? path : `./${path}`;
}

/** `.mts` and `.cts` keep their JavaScript ending: no resolver finds them without. */
function withEnding(file: string, ending: Ending): string {
	const match = /^(.*)\.([cm]?)([jt]sx?)$/.exec(file);
	if (match === null) return file;
	const [, stem = "", kind = "", language = ""] = match;
	if (ending === "ts") return file;
	if (kind !== "") return `${stem}.${kind}js`;
	if (ending === "js") return `${stem}.${language === "jsx" ? "jsx" : "js"}`;
	return stem.endsWith("/index") ? stem.slice(0, -"/index".length) : stem;
}

/** The ending most local imports have. */
function endingOf(specifiers: readonly string[]): Ending {
	const counts = { none: 0, js: 0, ts: 0 };
	for (const specifier of specifiers) {
		counts[/\.[cm]?tsx?$/.test(specifier) ? "ts" : /\.jsx?$/.test(specifier) ? "js" : "none"]++;
	}
	if (counts.js >= counts.none && counts.js >= counts.ts) return "js";
	return counts.ts > counts.none ? "ts" : "none";
}

/** Specifiers of a file's imports, exports and requires, read by text. */
function specifiersIn(text: string): string[] {
	return [...text.matchAll(/(?:\bfrom|\bimport|\brequire\()\s*\(?\s*(["'])([^"'\n]+)\1/g)].map((match) => match[2] ?? "");
}

function folderOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
