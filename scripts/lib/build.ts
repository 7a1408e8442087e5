import { join } from "node:path";
import { cacheFolder, projectRoot } from "./paths.js";
import { run } from "./processes.js";

export async function buildExtension(): Promise<void> {
	await run(process.execPath, ["esbuild.mjs"], { cwd: projectRoot });
}

/** Packages what was built; gives the path of the .vsix. */
export async function packageExtension(): Promise<string> {
	const vsix = join(cacheFolder, "prisma-leak-lens.vsix");
	const vsce = join(projectRoot, "node_modules", "@vscode", "vsce", "vsce");
	await run(process.execPath, [vsce, "package", "--no-dependencies", "--allow-missing-repository", "--out", vsix], { cwd: projectRoot });
	return vsix;
}
