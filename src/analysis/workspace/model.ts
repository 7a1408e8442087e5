import { isExampleEnv } from "./env-file.js";
import type { Metadata } from "./metadata.js";
import { buildPackages, folderOf } from "./packages.js";
import { positionAt } from "./positions.js";
import { commandedFiles } from "./role.js";
import type { FileRole, Generator, Package, UrlPlace, UrlSetting } from "./types.js";
import type { UrlReading } from "./url.js";
import { urlPlacesOf } from "./url-places.js";

/** Everything that follows from the metadata files; rebuilt as a whole, since it costs no more than a few milliseconds. */
export interface Model {
	readonly packages: readonly Package[];
	readonly byDir: ReadonlyMap<string, Package>;
	readonly urlSettings: readonly UrlSetting[];
	readonly urlPlaces: readonly UrlPlace[];
	readonly databaseEndpoints: readonly string[];
	readonly outputs: readonly GeneratedOutput[];
	readonly commanded: ReadonlyMap<string, FileRole>;
}

export interface GeneratedOutput {
	readonly dir: string;
	readonly generator: Generator;
	readonly schema: string;
}

/** @param unsorted by path; they may have been read in any order, which must not show */
export function buildModel(root: string, unsorted: ReadonlyMap<string, Metadata>): Model {
	const metadata = new Map([...unsorted].sort(([a], [b]) => (a < b ? -1 : 1)));
	const manifests = pick(metadata, (entry) => (entry.kind === "manifest" ? entry.manifest : null));
	const configs = pick(metadata, (entry) => (entry.kind === "prisma-config" ? entry.config : null));
	const { packages, schemas } = buildPackages({
		root,
		manifests: byFolder(manifests),
		configs: byFolder(configs),
		schemaFiles: [...pick(metadata, (entry) => (entry.kind === "schema" ? entry : null))].map(([path, { parsed, lineStarts }]) => ({
			path,
			parsed,
			lineStarts,
		})),
		markers: [...pick(metadata, (entry) => (entry.kind === "marker" ? entry : null)).keys()],
		lockfiles: [...pick(metadata, (entry) => (entry.kind === "lockfile" ? entry.versions : null))].map(([path, versions]) => ({
			dir: folderOf(path),
			versions,
		})),
		catalogs: [...pick(metadata, (entry) => (entry.kind === "catalog" ? entry.catalogs : null)).values()][0] ?? new Map(),
	});
	const urls = [...metadata].flatMap(([file, entry]) => urlsOf(file, entry));
	return {
		packages,
		byDir: new Map(packages.map((pkg) => [pkg.dir, pkg])),
		urlSettings: urls.flatMap((url) => url.settings),
		urlPlaces: [...metadata].flatMap(([file, entry]) => urlPlacesOf(file, entry)),
		databaseEndpoints: [...new Set(urls.flatMap((url) => url.endpoint ?? []))].sort(),
		outputs: schemas
			.flatMap(({ schema }) => schema.generators.map((generator) => ({ generator, schema: schema.path })))
			.flatMap(({ generator, schema }) =>
				generator.output === null || !isClientGenerator(generator) ? [] : [{ dir: generator.output, generator, schema }],
			)
			.sort((a, b) => b.dir.length - a.dir.length),
		commanded: commandedOf(metadata),
	};
}

/** What resolution and roles rest on: of dependencies only those that are packages of the workspace. */
export function structureOf({ packages, commanded }: Model): unknown {
	const names = new Set(packages.map(({ name }) => name));
	const shapes = packages.map(({ dir, name, version, moduleType, prismaFrom, exports, imports, main, entries, dependencies, schemas }) => [
		[dir, name, version, moduleType, prismaFrom, exports, imports, main, entries],
		Object.entries(dependencies).filter(([dependency]) => names.has(dependency)),
		schemas.map(({ path, generators }) => [path, generators]),
	]);
	return [shapes, [...commanded]];
}

/** Other generators (docs, zod, DBML) write no client. Forks of Prisma's own are named after it. */
function isClientGenerator(generator: Generator): boolean {
	return /prisma-client/.test(generator.provider);
}

interface FoundUrl {
	readonly settings: readonly UrlSetting[];
	readonly endpoint: string | null;
}

function urlsOf(file: string, entry: Metadata): FoundUrl[] {
	if (entry.kind === "env") {
		const example = isExampleEnv(file);
		return entry.urls.map(({ variable, reading }) => found(file, entry.lineStarts, reading, variable, example));
	}
	if (entry.kind === "schema" && entry.parsed.datasource?.url) {
		return [found(file, entry.lineStarts, entry.parsed.datasource.url, null, false)];
	}
	return [];
}

function found(file: string, lineStarts: readonly number[], reading: UrlReading, variable: string | null, example: boolean): FoundUrl {
	return {
		settings: reading.settings.map((setting) => ({ file, ...setting, ...positionAt(lineStarts, setting.start), variable, example })),
		endpoint: example ? null : reading.endpoint,
	};
}

function commandedOf(metadata: ReadonlyMap<string, Metadata>): ReadonlyMap<string, FileRole> {
	const roles = new Map<string, FileRole>();
	for (const [path, entry] of metadata) {
		const dir = folderOf(path);
		if (entry.kind === "manifest") {
			for (const [file, role] of commandedFiles(dir, entry.manifest.scripts, entry.manifest.seed)) roles.set(file, role);
		} else if (entry.kind === "prisma-config") {
			for (const [file, role] of commandedFiles(dir, {}, entry.config.seed)) roles.set(file, role);
		}
	}
	return roles;
}

function pick<T>(metadata: ReadonlyMap<string, Metadata>, choose: (entry: Metadata) => T | null): Map<string, T> {
	const picked = new Map<string, T>();
	for (const [path, entry] of metadata) {
		const chosen = choose(entry);
		if (chosen !== null) picked.set(path, chosen);
	}
	return picked;
}

function byFolder<T>(byPath: ReadonlyMap<string, T>): Map<string, T> {
	return new Map([...byPath].map(([path, value]) => [folderOf(path), value]));
}
