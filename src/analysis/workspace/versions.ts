import { readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { isRecord, stringOrNull } from "./json.js";
import type { LockedVersion } from "./lockfile.js";

/** The packages whose version is Prisma's, in the order they are asked. The last ones are Prisma 8's. */
export const PRISMA_PACKAGES = ["@prisma/client", "prisma", "@prisma/orm-postgres", "@prisma/orm-mongo", "@prisma/orm-sqlite"] as const;

export interface Lockfile {
	/** Folder of the lock file, relative to the root. */
	readonly dir: string;
	readonly versions: readonly LockedVersion[];
}

/** Ranges of pnpm's catalogs: catalog (`""` for the default one) → package → range. */
export type Catalogs = ReadonlyMap<string, ReadonlyMap<string, string>>;

export interface VersionSources {
	/** Absolute path of the workspace. */
	readonly root: string;
	readonly lockfiles: readonly Lockfile[];
	readonly catalogs: Catalogs;
}

/** Version of Prisma in force for a package that declares it: installed, then locked, then the least its range allows. */
export function prismaVersionOf(dir: string, dependencies: Readonly<Record<string, string>>, sources: VersionSources): string | null {
	for (const name of PRISMA_PACKAGES) {
		const range = dependencies[name];
		if (range === undefined) continue;
		const version =
			installedVersion(join(sources.root, dir), name) ??
			lockedVersion(dir, name, range, sources.lockfiles) ??
			minimumOf(range.startsWith("catalog:") ? catalogRange(name, range, sources.catalogs) : range);
		if (version !== null) return version;
	}
	return null;
}

function installedVersion(from: string, name: string): string | null {
	for (let folder = from; ; folder = dirname(folder)) {
		const version = versionIn(join(folder, "node_modules", name, "package.json"));
		if (version !== null) return version;
		if (folder === dirname(folder)) return null;
	}
}

function versionIn(manifest: string): string | null {
	try {
		const json: unknown = JSON.parse(readFileSync(manifest, "utf8"));
		return isRecord(json) ? stringOrNull(json.version) : null;
	} catch {
		return null;
	}
}

function lockedVersion(dir: string, name: string, range: string, lockfiles: readonly Lockfile[]): string | null {
	const around = lockfiles
		.filter((lockfile) => lockfile.dir === "" || dir === lockfile.dir || dir.startsWith(`${lockfile.dir}/`))
		.sort((a, b) => b.dir.length - a.dir.length);
	for (const lockfile of around) {
		const versions = lockfile.versions.filter((locked) => locked.name === name);
		const importer = posix.relative(lockfile.dir, dir);
		const found =
			versions.find((locked) => locked.importer === importer) ??
			versions.find((locked) => locked.range === range) ??
			versions.find((locked) => locked.importer === "") ??
			versions[0];
		if (found !== undefined) return found.version;
	}
	return null;
}

/** The least version a range allows: `^6.2` → `6.2.0`; null for tags (`latest`), links and workspace protocols. */
export function minimumOf(range: string | null): string | null {
	if (range === null || /^(workspace|file|link|git|https?|portal|patch):/.test(range)) return null;
	const wanted = range.startsWith("npm:") ? range.slice(range.lastIndexOf("@") + 1) : range;
	const match = /(\d+)(?:\.(\d+))?(?:\.(\d+))?(-[\w.]+)?/.exec(wanted);
	if (match === null || /^\s*</.test(wanted)) return null;
	return `${match[1]}.${match[2] ?? 0}.${match[3] ?? 0}${match[4] ?? ""}`;
}

function catalogRange(name: string, range: string, catalogs: Catalogs): string | null {
	const catalog = range.slice("catalog:".length).trim();
	return catalogs.get(catalog === "default" ? "" : catalog)?.get(name) ?? null;
}

/** Catalogs of `pnpm-workspace.yaml`, read line by line. */
export function parseCatalogs(text: string): Catalogs {
	const catalogs = new Map<string, Map<string, string>>();
	let catalog: string | null = null;
	let section = "";
	for (const line of text.split(/\r?\n/)) {
		const entry = /^( *)['"]?([^'":\s]+(?:[^'":]*[^'":\s])?)['"]?:\s*['"]?([^'"#]*?)['"]?\s*(?:#.*)?$/.exec(line);
		if (entry === null) continue;
		const [, indent = "", key = "", value = ""] = entry;
		if (indent === "") {
			section = key;
			catalog = key === "catalog" ? "" : null;
		} else if (section === "catalogs" && value === "") {
			catalog = key;
		} else if (catalog !== null && value !== "") {
			catalogs.set(catalog, (catalogs.get(catalog) ?? new Map<string, string>()).set(key, value));
		}
	}
	return catalogs;
}

/** Whether `version` is at least `major.minor`. */
export function isAtLeast(version: string, major: number, minor: number): boolean {
	const [ownMajor = 0, ownMinor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
	return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
