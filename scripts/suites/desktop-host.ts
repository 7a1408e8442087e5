import { join } from "node:path";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { hasDisplay } from "../lib/desktop.js";
import { cacheFolder, projectRoot } from "../lib/paths.js";
import { say } from "../lib/progress.js";
import type { HostRun } from "./host-run.js";

const DOWNLOAD_TIMEOUT_MS = 10_000;

/** The path of a downloaded desktop VS Code, or nothing, said aloud, where it cannot be had. */
export async function desktopVsCode(): Promise<string | undefined> {
	if (!hasDisplay()) {
		say("No display for desktop VS Code: the suite runs in the VS Code server.");
		return undefined;
	}
	try {
		return await downloadAndUnzipVSCode({ version: "stable", cachePath: cacheFolder, timeout: DOWNLOAD_TIMEOUT_MS });
	} catch {
		say("The download of desktop VS Code is out of reach: the suite runs in the VS Code server.");
		return undefined;
	}
}

export async function runOnDesktop(vscode: string, host: HostRun): Promise<void> {
	await runTests({
		vscodeExecutablePath: vscode,
		extensionDevelopmentPath: projectRoot,
		extensionTestsPath: join(host.tests, "index.js"),
		extensionTestsEnv: { ...host.env },
		launchArgs: [host.workspace, "--user-data-dir", join(host.dataFolder, "user-data"), "--disable-extensions", "--no-sandbox"],
	}).catch(() => {});
}
