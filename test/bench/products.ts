import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { projectRoot } from "../../scripts/lib/paths.js";

export const CLI = join(projectRoot, "dist", "cli.js");
export const SERVER = join(projectRoot, "dist", "server.js");

/** Builds what people install, so that no stale bundle is measured. */
export function buildProducts(): void {
	execFileSync(process.execPath, ["esbuild.mjs"], { cwd: projectRoot, stdio: ["ignore", "ignore", "inherit"] });
}

/** Bundles `scan-child.ts` the way the products are; gives the program's path. */
export async function buildScanChild(folder: string): Promise<string> {
	const outfile = join(folder, "scan-child.cjs");
	await build({
		entryPoints: [join(import.meta.dirname, "scan-child.ts")],
		outfile,
		platform: "node",
		format: "cjs",
		target: "node20",
		bundle: true,
		minify: true,
		logLevel: "warning",
	});
	return outfile;
}
