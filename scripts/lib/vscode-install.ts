/** VS Code as a server, from npm, in a folder of its own: installed once, then found again. */
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { cacheFolder } from "./paths.js";
import { run } from "./processes.js";
import { step } from "./progress.js";
import { ensureServerPackages } from "./system-packages.js";

/** VS Code 1.139.1; this build of it runs on Node 24 only. */
const SERVER_VERSION = "4.139.1";
const NODE_VERSION = "24.21.0";
const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

export interface VsCodeInstallation {
	/** The Node binary the server runs on. */
	readonly node: string;
	/** The server's entry file. */
	readonly main: string;
}

const manifest = {
	private: true,
	dependencies: { [NODE_PACKAGE]: NODE_VERSION, "code-server": SERVER_VERSION },
	allowScripts: { "code-server": true, argon2: true },
};

export async function installVsCode(): Promise<VsCodeInstallation> {
	const folder = join(cacheFolder, `vscode-server-${SERVER_VERSION}`);
	const modules = join(folder, "node_modules");
	const nodeFolder = join(modules, NODE_PACKAGE);
	const installation = {
		node: join(nodeFolder, "bin", "node"),
		main: join(modules, "code-server", "lib", "vscode", "out", "server-main.js"),
	};
	const marker = join(folder, "installed.json");
	const wanted = JSON.stringify(manifest, null, "\t");
	if ((await readFile(marker, "utf8").catch(() => "")) === wanted && existsSync(installation.main)) return installation;

	await ensureServerPackages();
	await step("Installing the VS Code server from npm (2 to 3 min, 600 MB, once)", async () => {
		await mkdir(folder, { recursive: true });
		await npmInstall(folder, { dependencies: { [NODE_PACKAGE]: NODE_VERSION } }, npmEnvironment());
		// An interrupted install leaves the package without its own dependencies, and npm would take it for complete.
		await rm(join(modules, "code-server"), { recursive: true, force: true });
		await npmInstall(folder, manifest, {
			...npmEnvironment(),
			PATH: `${join(nodeFolder, "bin")}${delimiter}${process.env.PATH ?? ""}`,
			npm_config_nodedir: nodeFolder,
		});
		await run(installation.node, [installation.main, "--version"]);
		await writeFile(marker, wanted);
	});
	return installation;
}

async function npmInstall(folder: string, contents: object, env: NodeJS.ProcessEnv): Promise<void> {
	await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, ...contents }, null, "\t"));
	await run("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"], { cwd: folder, env });
}

/** Under `npm start`, npm describes the outer package, and the Node it runs on, in the environment; the inner npm must not take that for its own. */
function npmEnvironment(): NodeJS.ProcessEnv {
	const outer =
		/^(npm_(package|lifecycle)_|npm_config_(local_prefix|prefix|global_prefix|user_agent)$|npm_(command|execpath|node_execpath)$|INIT_CWD$)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
}
