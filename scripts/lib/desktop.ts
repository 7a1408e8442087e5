/** VS Code on the desktop, where there is one. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cacheFolder, projectRoot } from "./paths.js";
import { type ProcessGroup, start } from "./processes.js";

export function hasDisplay(): boolean {
	return process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** The path of the `code` command, if this machine has a desktop to open it on. */
export function findDesktopCode(): string | undefined {
	if (!hasDisplay()) return undefined;
	const name = process.platform === "win32" ? "code.cmd" : "code";
	return (process.env.PATH ?? "")
		.split(delimiter)
		.map((folder) => join(folder, name))
		.find((path) => existsSync(path));
}

/** Opens a window of its own, apart from the windows and settings of the person, with the extension built here; it ends with its window. */
export function openDesktop(code: string, workspace: string): ProcessGroup {
	const profile = ["--user-data-dir", join(cacheFolder, "desktop")];
	return start(code, [...profile, "--wait", "--new-window", `--extensionDevelopmentPath=${projectRoot}`, workspace]);
}
