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

/** Versions of the named packages. Read by text: lock files are large, and all that matters stands on a few lines. */
export function lockedVersions(file: string, text: string, names: readonly string[]): LockedVersion[] {
	if (file.endsWith("pnpm-lock.yaml")) return names.flatMap((name) => fromPnpm(text, name));
	if (file.endsWith("yarn.lock")) return names.flatMap((name) => fromYarn(text, name));
	if (file.endsWith("bun.lock")) return names.flatMap((name) => fromBun(text, name));
	return names.flatMap((name) => fromNpm(text, name));
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
		importer: owner === undefined ? "" : null,
		range: null,
	}));
}

function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
