import { posix } from "node:path";
import { adaptersOf, engineOf } from "./engine.js";
import { frameworksOf } from "./frameworks.js";
import { EMPTY_MANIFEST, type Manifest } from "./manifest.js";
import type { PrismaConfig } from "./prisma-config.js";
import { isSetAside } from "./role.js";
import { type AssembledSchema, assembleSchemas, type SchemaFile } from "./schemas.js";
import type { Package } from "./types.js";
import { PRISMA_PACKAGES, prismaVersionOf, type VersionSources } from "./versions.js";

export interface PackageInputs extends VersionSources {
	/** By folder. */
	readonly manifests: ReadonlyMap<string, Manifest>;
	/** By folder. */
	readonly configs: ReadonlyMap<string, PrismaConfig>;
	readonly schemaFiles: readonly SchemaFile[];
	/** Paths of files that reveal a platform: `wrangler.toml`. */
	readonly markers: readonly string[];
}

/** The packages of a workspace in path order; the root is always one. */
export function buildPackages(inputs: PackageInputs): { packages: Package[]; schemas: AssembledSchema[] } {
	const manifests = new Map([...inputs.manifests].sort(([a], [b]) => (a < b ? -1 : 1)));
	if (!manifests.has("")) manifests.set("", EMPTY_MANIFEST);
	const schemas = assembleSchemas(inputs.schemaFiles, configuredFolders(inputs));
	const live = schemas.filter((schema) => !isSetAside(schema.schema.path, packageDirOf(schema.schema.path, manifests)));
	const own = new Map<string, Package>();
	for (const [dir, manifest] of manifests) {
		const mine = live.filter((schema) => schema.files.some((file) => isOwnSchema(file, schema, dir, manifest, inputs, manifests)));
		own.set(dir, ownPackage(dir, manifest, mine, inputs));
	}
	const only = live.length === 1 ? live[0] : undefined;
	const packages = [...own.values()]
		.map((pkg) => inherit(pkg, own))
		.map((pkg) => (pkg.prismaFrom !== null && pkg.schemas.length === 0 && only !== undefined ? { ...pkg, schemas: [only.schema] } : pkg))
		.sort((a, b) => (a.dir < b.dir ? -1 : 1));
	return { packages, schemas };
}

function ownPackage(dir: string, manifest: Manifest, schemas: readonly AssembledSchema[], inputs: PackageInputs): Package {
	const declares = PRISMA_PACKAGES.some((name) => name in manifest.dependencies);
	const version = declares ? prismaVersionOf(dir, manifest.dependencies, inputs) : null;
	const adapters = adaptersOf(manifest.dependencies);
	const markers = inputs.markers.filter((path) => folderOf(path) === dir).map((path) => posix.basename(path));
	const urlVariable = inputs.configs.get(dir)?.urlVariable ?? null;
	return {
		dir,
		name: manifest.name,
		version: manifest.version,
		dependencies: manifest.dependencies,
		moduleType: manifest.moduleType,
		prismaFrom: declares ? dir : null,
		prismaVersion: version,
		prismaMajor: version === null ? null : Number.parseInt(version, 10),
		engine: declares
			? engineOf({
					version,
					generators: schemas.flatMap(({ schema }) => schema.generators),
					dependencies: manifest.dependencies,
					scripts: manifest.scripts,
					usesAccelerateUrl: schemas.some((schema) => schema.usesAccelerateUrl),
					adapters,
				})
			: "none",
		adapters,
		schemas: schemas.map(({ schema }) => ({ ...schema, urlVariable: schema.urlVariable ?? urlVariable })),
		frameworks: frameworksOf(manifest.dependencies, markers),
		exports: manifest.exports,
		imports: manifest.imports,
		main: manifest.main,
		entries: manifest.entries,
	};
}

/** A package without Prisma of its own runs with that of a workspace package it depends on, else with that of a package around it. */
function inherit(pkg: Package, all: ReadonlyMap<string, Package>): Package {
	if (pkg.prismaFrom !== null) return pkg;
	const from = prismaDependency(pkg, all, new Set()) ?? prismaAround(pkg, all);
	if (from === null) return pkg;
	return {
		...pkg,
		prismaFrom: from.dir,
		prismaVersion: from.prismaVersion,
		prismaMajor: from.prismaMajor,
		engine: from.engine,
		adapters: pkg.adapters.length > 0 ? pkg.adapters : from.adapters,
		schemas: pkg.schemas.length > 0 ? pkg.schemas : from.schemas,
	};
}

function prismaDependency(pkg: Package, all: ReadonlyMap<string, Package>, seen: Set<string>): Package | null {
	seen.add(pkg.dir);
	for (const other of all.values()) {
		if (other.name === null || !(other.name in pkg.dependencies) || seen.has(other.dir)) continue;
		const found = other.prismaFrom !== null ? other : prismaDependency(other, all, seen);
		if (found !== null) return found;
	}
	return null;
}

function prismaAround(pkg: Package, all: ReadonlyMap<string, Package>): Package | null {
	for (let dir = pkg.dir; dir !== ""; ) {
		dir = folderOf(dir);
		const around = all.get(dir);
		if (around !== undefined && around.prismaFrom !== null) return around;
	}
	return null;
}

/** A schema belongs to the package around it, and to any package whose configuration or scripts name it. */
function isOwnSchema(
	file: string,
	schema: AssembledSchema,
	dir: string,
	manifest: Manifest,
	inputs: PackageInputs,
	manifests: ReadonlyMap<string, Manifest>,
): boolean {
	const configured = configuredSchema(dir, manifest, inputs);
	const named = [...(configured === null ? [] : [configured]), ...schemasInScripts(dir, manifest)];
	if (named.some((name) => schema.schema.path === name || schema.files.some((path) => path === name || path.startsWith(`${name}/`)))) {
		return true;
	}
	return packageDirOf(file, manifests) === dir;
}

function configuredFolders(inputs: PackageInputs): string[] {
	return [...inputs.manifests].flatMap(([dir, manifest]) => {
		const named = configuredSchema(dir, manifest, inputs);
		return named === null || named.endsWith(".prisma") ? [] : [named];
	});
}

function configuredSchema(dir: string, manifest: Manifest, inputs: PackageInputs): string | null {
	const written = inputs.configs.get(dir)?.schema ?? manifest.schema;
	return written === null ? null : posix.join(dir, written).replace(/\/$/, "");
}

/** Schemas that scripts generate from or copy: `prisma generate --schema ../db/schema.prisma`. */
function schemasInScripts(dir: string, manifest: Manifest): string[] {
	return Object.values(manifest.scripts).flatMap((script) =>
		[...script.matchAll(/(?:--schema[= ]|(?<=[\s"'=]))((?:[\w@.-]+\/)*[\w@.-]+\.prisma)\b|--schema[= ]([\w@./-]+)/g)].map((match) =>
			posix.join(dir, match[1] ?? match[2] ?? "").replace(/\/$/, ""),
		),
	);
}

/** The nearest folder at or above a file that has a `package.json`; "" when none has. */
export function packageDirOf(file: string, manifests: { has(dir: string): boolean }): string {
	let dir = folderOf(file);
	while (dir !== "" && !manifests.has(dir)) dir = folderOf(dir);
	return dir;
}

/** The folder of a path, "" for the root's. */
export function folderOf(path: string): string {
	const slash = path.lastIndexOf("/");
	return slash < 0 ? "" : path.slice(0, slash);
}
