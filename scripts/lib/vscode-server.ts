/** A running VS Code server with its web workbench, on a free loopback port, with all its data in a folder of the run. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort, untilAnswers } from "./ports.js";
import { type ProcessGroup, run, start } from "./processes.js";
import type { VsCodeInstallation } from "./vscode-install.js";

export interface ServerOptions {
	readonly installation: VsCodeInstallation;
	/** Empty folder for settings, extensions and logs. */
	readonly dataFolder: string;
	/** A packaged extension to install first. */
	readonly vsix?: string;
	/** User settings besides those every run needs. */
	readonly settings?: Readonly<Record<string, unknown>>;
	/** Lets a page start an extension's test suite. */
	readonly smokeTestDriver?: boolean;
	readonly env?: Readonly<Record<string, string>>;
}

const START_TIMEOUT_MS = 60_000;

/** The web workbench saves by itself unless told otherwise: a quick fix would rewrite the file on disk at once. */
const SETTINGS = {
	"files.autoSave": "off",
	"workbench.startupEditor": "none",
	"workbench.secondarySideBar.defaultVisibility": "hidden",
	"security.workspace.trust.enabled": false,
	"telemetry.telemetryLevel": "off",
	"extensions.autoUpdate": false,
	"extensions.autoCheckUpdates": false,
	"extensions.ignoreRecommendations": true,
	"chat.disableAIFeatures": true,
	"editor.inlayHints.enabled": "on",
	"git.openRepositoryInParentFolders": "never",
	"remote.autoForwardPorts": false,
};

export class VsCodeServer {
	private constructor(
		readonly port: number,
		readonly process: ProcessGroup,
	) {}

	static async start(options: ServerOptions): Promise<VsCodeServer> {
		const { installation, dataFolder, vsix } = options;
		const settings = { ...SETTINGS, ...options.settings };
		await writeSettings(dataFolder, settings);
		const env = environment(dataFolder, options.env);
		const folders = [
			...["--user-data-dir", join(dataFolder, "user-data")],
			...["--extensions-dir", join(dataFolder, "extensions")],
			...["--server-data-dir", join(dataFolder, "server-data")],
			"--accept-server-license-terms",
		];
		if (vsix) await run(installation.node, [installation.main, ...folders, "--install-extension", vsix], { env });

		const port = await freePort();
		const flags = ["--host", "127.0.0.1", "--port", String(port), "--without-connection-token", "--telemetry-level", "off"];
		if (options.smokeTestDriver) flags.push("--enable-smoke-test-driver");
		const group = start(installation.node, [installation.main, ...folders, ...flags], { env });
		try {
			await untilAnswers(`http://127.0.0.1:${port}/version`, group, START_TIMEOUT_MS);
		} catch (error) {
			await group.stop();
			throw error;
		}
		return new VsCodeServer(port, group);
	}

	/** @param path a folder, or a `.code-workspace` file that names several */
	urlOf(path: string, payload?: string): string {
		const query = new URLSearchParams({ [path.endsWith(".code-workspace") ? "workspace" : "folder"]: path });
		if (payload !== undefined) query.set("payload", payload);
		return `http://127.0.0.1:${this.port}/?${query}`;
	}

	stop(): Promise<void> {
		return this.process.stop();
	}
}

async function writeSettings(dataFolder: string, settings: object): Promise<void> {
	const folder = join(dataFolder, "user-data", "User");
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, "settings.json"), JSON.stringify(settings, null, "\t"));
}

function environment(dataFolder: string, extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
	return {
		...process.env,
		EXTENSIONS_GALLERY: "{}",
		XDG_CONFIG_HOME: join(dataFolder, "xdg-config"),
		XDG_DATA_HOME: join(dataFolder, "xdg-data"),
		...extra,
	};
}
