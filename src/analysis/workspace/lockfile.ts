import { isRecord, stringOrNull } from "./json.js";

/** Where a lock file says which version of a package is installed. */
export interface LockedVersion {
	/** Package it is installed as: `@prisma/client`. */
	readonly name: string;
	readonly version: string;
	/** Folder of the workspace package it is installed for, relative to the lock file; null when the file does not say. */
	readonly importer: string | null;
	/** Range it answers, where the file says so. */
	readonly range: string | null;
}

/** Versions of the named packages. Read by text: lock files are large, and all that matters stands on a few lines. Bun's binary one tells none. */
export function lockedVersions(file: string, text: string, names: readonly string[]): LockedVersion[] {
	if (file.endsWith("pnpm-lock.yaml")) return names.flatMap((name) => fromPnpm(text, name));
	if (file.endsWith("yarn.lock")) return names.flatMap((name) => fromYarn(text, name));
	if (file.endsWith("bun.lockb")) return [];
	if (file.endsWith("bun.lock")) return names.flatMap((name) => fromBun(text, name));
	const nested = /"lockfileVersion"\s*:\s*1\b/.test(text) ? parseJson(text) : null;
	return names.flatMap((name) => (nested === null ? fromNpm(text, name) : fromNestedNpm(nested, name)));
}

function fromNpm(text: string, name: string): LockedVersion[] {
	const entry = new RegExp(`"((?:[^"]*/)?node_modules/)?${escaped(name)}"\\s*:\\s*\\{\\s*"version"\\s*:\\s*"([^"]+)"`, "g");
	return [...text.matchAll(entry)].map(([, path = "", version = ""]) => ({
		name,
		version,
		importer: path.replace(/\/?node_modules\/$/, ""),
		range: null,
	}));
}

/** npm 5 and 6 nest what a package has for itself below it, the workspace's own packages too. */
function fromNestedNpm(lock: unknown, name: string): LockedVersion[] {
	const root = dependenciesOf(lock);
	const linked = Object.values(root).flatMap((entry) => {
		const folder = /^file:(.+)/.exec(stringOf(entry, "version") ?? "")?.[1];
		return folder === undefined ? [] : [{ importer: folder, dependencies: dependenciesOf(entry) }];
	});
	return [{ importer: "", dependencies: root }, ...linked].flatMap(({ importer, dependencies }) => {
		const version = stringOf(dependencies[name], "version");
		return version === null ? [] : [{ name, version, importer, range: null }];
	});
}

function dependenciesOf(entry: unknown): Readonly<Record<string, unknown>> {
	return isRecord(entry) && isRecord(entry.dependencies) ? entry.dependencies : {};
}

function stringOf(entry: unknown, key: string): string | null {
	return isRecord(entry) ? stringOrNull(entry[key]) : null;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function fromPnpm(text: string, name: string): LockedVersion[] {
	const found: LockedVersion[] = [];
	const importers = /^importers:$([\s\S]*?)^(?=\S)/m.exec(`${text}\n.`)?.[1] ?? "";
	for (const [, importer = "", body = ""] of importers.matchAll(/^ {2}(\S.*?):$([\s\S]*?)(?=^ {2}\S|(?![\s\S]))/gm)) {
		const version = new RegExp(`^ +['"]?${escaped(name)}['"]?:\\s+(?:specifier:.*\\s+version: )?['"]?([\\d][^\\s('"]*)`, "m").exec(
			body,
		)?.[1];
		const folder = importer.replace(/['"]/g, "");
		if (version !== undefined) found.push({ name, version, importer: folder === "." ? "" : folder, range: null });
	}
	if (found.length > 0) return found;
	const version = new RegExp(`^ +['"]?/?${escaped(name)}[@/](\\d[^\\s('":]*)`, "m").exec(text)?.[1];
	return version === undefined ? [] : [{ name, version, importer: null, range: null }];
}

function fromYarn(text: string, name: string): LockedVersion[] {
	const entry = new RegExp(`^"?${escaped(name)}@([^\\n]*?)"?:\\s*\\n\\s+"?version"?:? "?([^"\\s]+)`, "gm");
	return [...text.matchAll(entry)].flatMap(([, ranges = "", version = ""]) =>
		ranges.split(/,\s*/).map((range) => ({
			name,
			version,
			importer: null,
			range: range
				.replace(/"/g, "")
				.replace(new RegExp(`^${escaped(name)}@`), "")
				.replace(/^npm:/, ""),
		})),
	);
}

function fromBun(text: string, name: string): LockedVersion[] {
	const entry = new RegExp(`^\\s+"(?:(.*)/)?${escaped(name)}":\\s*\\["${escaped(name)}@([^"]+)"`, "gm");
	return [...text.matchAll(entry)].map(([, owner, version = ""]) => ({
		name,
		version,
		importer: owner === undefined ? "" : bunFolderOf(text, owner),
		range: null,
	}));
}

/** Folder of a workspace package in bun's lock file; null for a package from outside. */
function bunFolderOf(text: string, owner: string): string | null {
	return new RegExp(`^\\s+"${escaped(owner)}":\\s*\\["${escaped(owner)}@workspace:([^"]+)"`, "m").exec(text)?.[1] ?? null;
}

function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
