import { posix } from "node:path";
import { plainSuppressions, type Suppression } from "../suppressions/directives.js";
import { type EnvUrl, parseEnvFile } from "./env-file.js";
import { type LockedVersion, lockedVersions } from "./lockfile.js";
import { type Manifest, parseManifest } from "./manifest.js";
import { kindOf } from "./names.js";
import { lineStartsOf } from "./positions.js";
import { type PrismaConfig, parsePrismaConfig } from "./prisma-config.js";
import { type ParsedSchema, parseSchema } from "./prisma-schema.js";
import { type Catalogs, PRISMA_PACKAGES, parseCatalogs } from "./versions.js";

/** What one file says to the model. Texts are not kept: env files and schemas may hold secrets. */
export type Metadata =
	| { readonly kind: "manifest"; readonly manifest: Manifest }
	| ({ readonly kind: "schema"; readonly parsed: ParsedSchema } & Lines)
	| ({ readonly kind: "env"; readonly urls: readonly EnvUrl[] } & Lines)
	| { readonly kind: "prisma-config"; readonly config: PrismaConfig; readonly lineStarts: readonly number[] }
	| { readonly kind: "lockfile"; readonly versions: readonly LockedVersion[] }
	| { readonly kind: "catalog"; readonly catalogs: Catalogs }
	/** Read by the resolver, when an import leads there. */
	| { readonly kind: "compiler-config" }
	| { readonly kind: "marker" };

interface Lines {
	readonly lineStarts: readonly number[];
	/** Its comments that silence rules. */
	readonly suppressions: readonly Suppression[];
}

/** Null for files that are not metadata, and for a `package.json` that cannot be parsed. */
export function readMetadata(path: string, text: string): Metadata | null {
	switch (kindOf(posix.basename(path))) {
		case "manifest": {
			const manifest = parseManifest(text);
			return manifest === null ? null : { kind: "manifest", manifest };
		}
		case "schema":
			return { kind: "schema", parsed: parseSchema(text), ...linesOf(text, "//") };
		case "env":
			return { kind: "env", urls: parseEnvFile(text), ...linesOf(text, "#") };
		case "prisma-config":
			return { kind: "prisma-config", config: parsePrismaConfig(text), lineStarts: lineStartsOf(text) };
		case "lockfile":
			return { kind: "lockfile", versions: lockedVersions(path, text, PRISMA_PACKAGES) };
		case "catalog":
			return { kind: "catalog", catalogs: parseCatalogs(text) };
		case "compiler-config":
			return { kind: "compiler-config" };
		case "marker":
			return { kind: "marker" };
		default:
			return null;
	}
}

function linesOf(text: string, comment: "//" | "#"): Lines {
	const lineStarts = lineStartsOf(text);
	return { lineStarts, suppressions: plainSuppressions(text, comment, lineStarts) };
}
