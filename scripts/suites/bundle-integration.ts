import { readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { cacheFolder, projectRoot } from "../lib/paths.js";

/** Bundles the `*.test.ts` files of test/integration and their runner to CommonJS; gives the folder. */
export async function bundleIntegrationTests(): Promise<string> {
	const source = join(projectRoot, "test", "integration");
	const outdir = join(cacheFolder, "integration");
	const files = (await readdir(source, { recursive: true })).filter((file) => file.endsWith(".test.ts"));
	await rm(outdir, { recursive: true, force: true });
	await build({
		entryPoints: [
			{ in: join(source, "support", "runner.ts"), out: "index" },
			...files.map((file) => ({ in: join(source, file), out: basename(file, ".ts") })),
		],
		outdir,
		bundle: true,
		platform: "node",
		format: "cjs",
		target: "node20",
		sourcemap: "inline",
		external: ["vscode", "mocha"],
		logLevel: "warning",
	});
	return outdir;
}
