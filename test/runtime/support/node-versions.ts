import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../../../scripts/lib/paths.js";
import { run } from "../../../scripts/lib/processes.js";

/** A release of each line of Node that targets run on. */
export const NODE_VERSIONS = ["20.20.2", "22.23.3", "24.21.0"] as const;
export type NodeVersion = (typeof NODE_VERSIONS)[number];

/** The program of that version; installed once, and kept. */
export async function nodeProgram(version: NodeVersion): Promise<string> {
	if (process.versions.node === version) return process.execPath;
	const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
	const folder = join(cacheFolder, `node-${version}`);
	const program = join(folder, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
	if (existsSync(program)) return program;
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, "package.json"), '{ "private": true }\n');
	await run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", `${name}@${version}`], { cwd: folder });
	return program;
}
