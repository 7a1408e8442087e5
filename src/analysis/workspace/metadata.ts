import { posix } from "node:path";
import { type EnvUrl, parseEnvFile } from "./env-file.js";
import { type LockedVersion, lockedVersions } from "./lockfile.js";
import { type Manifest, parseManifest } from "./manifest.js";
import { kindOf } from "./names.js";
import { type PrismaConfig, parsePrismaConfig } from "./prisma-config.js";
import { type ParsedSchema, parseSchema } from "./prisma-schema.js";
import { type Catalogs, PRISMA_PACKAGES, parseCatalogs } from "./versions.js";

/** What one file says to the model. Texts are not kept: env files and schemas may hold secrets. */
export type Metadata =
	| { readonly kind: "manifest"; readonly manifest: Manifest }
	| { readonly kind: "schema"; readonly parsed: ParsedSchema; readonly lineStarts: readonly number[] }
	| { readonly kind: "env"; readonly urls: readonly EnvUrl[]; readonly lineStarts: readonly number[] }
	| { readonly kind: "prisma-config"; readonly config: PrismaConfig; readonly lineStarts: readonly number[] }
	| { readonly kind: "lockfile"; readonly versions: readonly LockedVersion[] }
	| { readonly kind: "catalog"; readonly catalogs: Catalogs }
	| { readonly kind: "marker" };

/** Null for files that are not metadata, and for a `package.json` that cannot be parsed. */
export function readMetadata(path: string, text: string): Metadata | null {
	switch (kindOf(posix.basename(path))) {
		case "manifest": {
			const manifest = parseManifest(text);
			return manifest === null ? null : { kind: "manifest", manifest };
		}
		case "schema":
			return { kind: "schema", parsed: parseSchema(text), lineStarts: lineStartsOf(text) };
		case "env":
			return { kind: "env", urls: parseEnvFile(text), lineStarts: lineStartsOf(text) };
		case "prisma-config":
			return { kind: "prisma-config", config: parsePrismaConfig(text), lineStarts: lineStartsOf(text) };
		case "lockfile":
			return { kind: "lockfile", versions: lockedVersions(path, text, PRISMA_PACKAGES) };
		case "catalog":
			return { kind: "catalog", catalogs: parseCatalogs(text) };
		case "marker":
			return { kind: "marker" };
		default:
			return null;
	}
}

/** Offsets at which lines start. */
export function lineStartsOf(text: string): number[] {
	const starts = [0];
	for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
	return starts;
}

/** Line and column, from 1, of an offset. */
export function positionAt(lineStarts: readonly number[], offset: number): { line: number; column: number } {
	let low = 0;
	let high = lineStarts.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((lineStarts[middle] ?? 0) <= offset) low = middle;
		else high = middle - 1;
	}
	return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}
