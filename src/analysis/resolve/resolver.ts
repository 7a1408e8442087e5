import { posix } from "node:path";
import type { Package, Workspace } from "../workspace/index.js";
import { mapTargets, starOf } from "./package-map.js";
import { probe, probeBuilt } from "./probe.js";
import { SpecifierWriter } from "./specifier.js";
import { CompilerConfigs } from "./tsconfig.js";
import type { ReadText, Resolution, Resolver } from "./types.js";

const UNRESOLVED: Resolution = { kind: "unresolved" };

/** Prisma's own names for the client that is generated into node_modules. */
const DEFAULT_CLIENT = /(^|\/)(node_modules\/)?(\.prisma\/client|@prisma\/client)(\/(.*))?$/;

/** Names under which generated clients are imported where nothing else tells: the folder need not be on disk. */
const LOOKS_GENERATED =
	/(^|\/)(generated|__generated__|\.prisma|gen)\/(.*[-_/])?(prisma|client)\b|(^|\/)prisma\/(generated|client)(\/|$)|prisma-client/;

/** The part of a workspace that imports lead through. */
export type ResolvableWorkspace = Pick<Workspace, "packages" | "has" | "packageOf" | "generatorOf">;

/** A resolver over a workspace as it is now; make a new one when files come or go or a configuration changes. */
export function createResolver(workspace: ResolvableWorkspace, readText: ReadText): Resolver {
	return new WorkspaceResolver(workspace, readText);
}

class WorkspaceResolver implements Resolver {
	readonly #workspace: ResolvableWorkspace;
	readonly #readText: ReadText;
	readonly #configs: CompilerConfigs;
	readonly #writer: SpecifierWriter;
	readonly #byName: ReadonlyMap<string, Package>;
	readonly #cache = new Map<string, Map<string, Resolution>>();
	readonly #has: (path: string) => boolean;

	constructor(workspace: ResolvableWorkspace, readText: ReadText) {
		this.#workspace = workspace;
		this.#readText = readText;
		this.#byName = new Map(workspace.packages.flatMap((pkg) => (pkg.name === null ? [] : [[pkg.name, pkg] as const])));
		this.#configs = new CompilerConfigs(readText, (name) => this.#byName.get(name)?.dir ?? null);
		this.#has = (path) => workspace.has(path);
		this.#writer = new SpecifierWriter(workspace, readText, this.#configs, this);
	}

	resolve(fromFile: string, specifier: string): Resolution {
		const folder = folderOf(fromFile);
		let known = this.#cache.get(folder);
		if (known === undefined) {
			known = new Map();
			this.#cache.set(folder, known);
		}
		let resolution = known.get(specifier);
		if (resolution === undefined) {
			resolution = this.#resolve(fromFile, folder, specifier.split("?", 1)[0] ?? "");
			known.set(specifier, resolution);
		}
		return resolution;
	}

	specifierFor(fromFile: string, toFile: string): string | null {
		if (this.#workspace.has(toFile)) return this.#writer.specifierFor(fromFile, toFile);
		return createResolver(withFile(this.#workspace, toFile), this.#readText).specifierFor(fromFile, toFile);
	}

	#resolve(fromFile: string, folder: string, specifier: string): Resolution {
		if (specifier === "." || specifier === ".." || /^\.\.?\//.test(specifier)) {
			return this.#at(posix.join(folder, specifier)) ?? this.#missingClient(fromFile, specifier) ?? UNRESOLVED;
		}
		if (specifier === "" || specifier.startsWith("/")) return UNRESOLVED;
		const pkg = this.#workspace.packageOf(fromFile);
		if (specifier.startsWith("#")) {
			const own = this.#mapped(pkg, mapTargets(pkg.imports, specifier));
			if (own !== null) return own;
		}
		return (
			this.#aliased(folder, specifier) ??
			this.#linkedPackage(pkg, specifier) ??
			this.#installedClient(specifier) ??
			this.#fromBaseUrl(folder, specifier) ??
			this.#conventional(fromFile, pkg, specifier) ??
			asPackage(specifier)
		);
	}

	/** The file or generated client at a path; null when there is neither. */
	#at(path: string): Resolution | null {
		if (path.startsWith("../")) return null;
		const clean = path === "." ? "" : path.replace(/\/$/, "");
		const output = this.#workspace.generatorOf(clean);
		if (output !== null) return { kind: "generated", generator: output.generator, schema: output.schema };
		const file = probe(clean, this.#has);
		if (file !== null) return { kind: "file", path: file };
		const client = DEFAULT_CLIENT.exec(clean);
		return clean.includes("node_modules/") && client !== null
			? { kind: "package", name: "@prisma/client", subpath: client[5] ?? "" }
			: null;
	}

	#aliased(folder: string, specifier: string): Resolution | null {
		for (const config of this.#configs.around(folder)) {
			for (const alias of config.aliases) {
				const star = starOf(alias.pattern, specifier);
				if (star === null) continue;
				for (const target of alias.targets) {
					const found = this.#at(target.replace("*", star));
					if (found !== null) return found;
				}
			}
		}
		return null;
	}

	#fromBaseUrl(folder: string, specifier: string): Resolution | null {
		for (const config of this.#configs.around(folder)) {
			const found = config.baseUrl === null ? null : this.#at(posix.join(config.baseUrl, specifier));
			if (found !== null) return found;
		}
		return null;
	}

	/** A workspace package, unless the importing one asks a registry for another of the same name. */
	#linkedPackage(from: Package, specifier: string): Resolution | null {
		const name = packageName(specifier);
		const pkg = this.#byName.get(name);
		if (pkg === undefined) return null;
		const range = from.dependencies[name];
		return range === undefined || isLinked(range, pkg.version) ? this.#workspacePackage(specifier) : null;
	}

	#workspacePackage(specifier: string): Resolution | null {
		const name = packageName(specifier);
		const pkg = this.#byName.get(name);
		if (pkg === undefined) return null;
		const subpath = specifier.slice(name.length + 1);
		if (pkg.exports !== undefined) {
			const exported = this.#mapped(pkg, mapTargets(pkg.exports, subpath === "" ? "." : `./${subpath}`));
			if (exported !== null) return exported;
		}
		const paths = subpath === "" ? [...pkg.entries, "index", "src/index"] : [subpath, `src/${subpath}`];
		return this.#mapped(pkg, paths) ?? UNRESOLVED;
	}

	#mapped(pkg: Package, targets: readonly string[]): Resolution | null {
		for (const target of targets) {
			if (!target.startsWith(".") && /^(@|[a-z])[^./]*(\/|$)/.test(target) && this.#byName.has(packageName(target))) {
				const other = this.#workspacePackage(target);
				if (other !== null) return other;
			}
			const path = posix.join(pkg.dir, target);
			const direct = this.#at(path);
			if (direct !== null) return direct;
			const built = probeBuilt(pkg.dir, path, this.#has);
			if (built !== null) return { kind: "file", path: built };
		}
		return null;
	}

	/** A client generated into node_modules under a name of its own: `@prisma/tenant-client`. */
	#installedClient(specifier: string): Resolution | null {
		if (DEFAULT_CLIENT.test(specifier) && specifier.startsWith(".prisma/")) {
			return { kind: "package", name: "@prisma/client", subpath: DEFAULT_CLIENT.exec(specifier)?.[5] ?? "" };
		}
		for (const pkg of this.#workspace.packages) {
			for (const schema of pkg.schemas) {
				for (const generator of schema.generators) {
					const installed = generator.output?.split("node_modules/").at(1);
					if (installed !== undefined && (specifier === installed || specifier.startsWith(`${installed}/`))) {
						return { kind: "generated", generator, schema: schema.path };
					}
				}
			}
		}
		return null;
	}

	/** Aliases that frameworks define outside any file that is read: `$lib` of SvelteKit, `~` and `@` of Nuxt and Vite setups. */
	#conventional(fromFile: string, pkg: Package, specifier: string): Resolution | null {
		const match = /^(?:\$lib|~~|@@|[@~])(?:\/(.*))?$/.exec(specifier);
		if (match === null) return null;
		const rest = match[1] ?? "";
		const roots = specifier.startsWith("$lib") ? ["src/lib"] : ["src", "", "app", "server", "client/src"];
		for (const root of roots) {
			const found = this.#at(posix.join(pkg.dir, root, rest));
			if (found !== null) return found;
		}
		return this.#missingClient(fromFile, specifier) ?? UNRESOLVED;
	}

	/** A path that leads to no file and names a generated client: the file's package's, else the first of the workspace. */
	#missingClient(fromFile: string, specifier: string): Resolution | null {
		if (!LOOKS_GENERATED.test(specifier)) return null;
		for (const pkg of [this.#workspace.packageOf(fromFile), ...this.#workspace.packages]) {
			for (const schema of pkg.schemas) {
				const generator = schema.generators.find((candidate) => candidate.provider.includes("prisma-client"));
				if (generator !== undefined) return { kind: "generated", generator, schema: schema.path };
			}
		}
		return null;
	}
}

/** Package managers link a workspace package when its version answers the range; majors tell well enough. */
function isLinked(range: string, version: string | null): boolean {
	if (version === null || /^(workspace|file|link|portal):|^\s*(\*|latest)?\s*$/.test(range)) return true;
	const wanted = /(\d+)(?:\.(\d+))?/.exec(range);
	const own = /^(\d+)\.(\d+)/.exec(version);
	if (wanted === null || own === null) return true;
	return wanted[1] === own[1] && (own[1] !== "0" || (wanted[2] ?? "0") === own[2]);
}

/** The workspace as it will be once a file is created. */
function withFile(workspace: ResolvableWorkspace, file: string): ResolvableWorkspace {
	return {
		packages: workspace.packages,
		has: (path) => path === file || workspace.has(path),
		packageOf: (path) => workspace.packageOf(path),
		generatorOf: (path) => workspace.generatorOf(path),
	};
}

function asPackage(specifier: string): Resolution {
	const name = packageName(specifier.replace(/^node:/, ""));
	return { kind: "package", name, subpath: specifier.replace(/^node:/, "").slice(name.length + 1) };
}

/** `@scope/name/sub` → `@scope/name`. */
export function packageName(specifier: string): string {
	const parts = specifier.split("/");
	return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
}

function folderOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
