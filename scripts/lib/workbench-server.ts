import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageExtension } from "./build.js";
import { step } from "./progress.js";
import type { Teardown } from "./teardown.js";
import { installVsCode } from "./vscode-install.js";
import { VsCodeServer } from "./vscode-server.js";

/** What can be done before anything runs: the server installed, the extension built and packaged. Gives the path of the .vsix. */
export async function prepareWorkbenchServer(): Promise<string> {
	await installVsCode();
	return step("Building and packaging the extension", packageExtension);
}

export interface WorkbenchServer {
	readonly server: VsCodeServer;
	/** Holds the run's settings and extensions. */
	readonly dataFolder: string;
}

/** The VS Code server with the packaged extension `vsix` installed; it and its data end with `teardown`. */
export async function startWorkbenchServer(
	teardown: Teardown,
	vsix: string,
	settings: Readonly<Record<string, unknown>> = {},
): Promise<WorkbenchServer> {
	const installation = await installVsCode();
	const dataFolder = teardown.own(await mkdtemp(join(tmpdir(), "prisma-leak-lens-vscode-")), (folder) =>
		rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
	);
	const server = teardown.own(await VsCodeServer.start({ installation, dataFolder, vsix, settings }), (running) => running.stop());
	return { server, dataFolder };
}
