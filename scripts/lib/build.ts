import { join } from "node:path";
import { cacheFolder, projectRoot } from "./paths.js";
import { run } from "./processes.js";

export async function buildExtension(): Promise<void> {
	await run("npm", ["run", "build"], { cwd: projectRoot });
}

/** Builds and packages the extension; gives the path of the .vsix. */
export async function packageExtension(): Promise<string> {
	const vsix = join(cacheFolder, "prisma-leak-lens.vsix");
	await run("npm", ["run", "package", "--", "--out", vsix], { cwd: projectRoot });
	return vsix;
}
