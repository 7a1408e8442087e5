/** What a file is to the workspace model, by its name alone. */
export type FileKind =
	| "source"
	| "manifest"
	| "schema"
	| "env"
	| "prisma-config"
	| "lockfile"
	| "catalog"
	| "marker"
	| "compiler-config"
	| "rules";

const SOURCE = /\.[cm]?[jt]sx?$/;
const DECLARATION = /\.d\.([^.]+\.)?[cm]?ts$/;
const LOCKFILES = new Set(["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock", "bun.lockb"]);
const MARKERS = new Set(["wrangler.toml", "wrangler.json", "wrangler.jsonc", "serverless.yml", "serverless.yaml", "host.json"]);

/** Null when the file says nothing to the analysis. */
export function kindOf(name: string): FileKind | null {
	if (/^prisma\.config\.[cm]?[jt]s$/.test(name)) return "prisma-config";
	if (SOURCE.test(name)) return DECLARATION.test(name) ? null : "source";
	if (name === "package.json") return "manifest";
	if (name.endsWith(".prisma")) return "schema";
	if (name === ".env" || name.startsWith(".env.")) return "env";
	if (/^[jt]sconfig(\..+)?\.json$/.test(name)) return "compiler-config";
	if (LOCKFILES.has(name)) return "lockfile";
	if (name === "pnpm-workspace.yaml") return "catalog";
	if (name === ".gitignore") return "rules";
	return MARKERS.has(name) ? "marker" : null;
}

/** Bundled or minified by its name: nobody edits it, and its text would only cost time. */
export function isMinifiedName(name: string): boolean {
	return /[.-](min|bundle|bundled|chunk)\.[cm]?js$/.test(name);
}

/** Above this size a source is machine-made in practice. */
export const MAX_SOURCE_BYTES = 1_500_000;

/** `.env` of `apps/web/.env`. */
export function nameOf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}
