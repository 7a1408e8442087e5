/** A real VS Code with the packaged extension, on a copy of a fixture, driven in a browser. */
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { openBrowser } from "../../../scripts/lib/browser.js";
import { copyHotel } from "../../../scripts/lib/leaky-hotel.js";
import { projectRoot } from "../../../scripts/lib/paths.js";
import type { Teardown } from "../../../scripts/lib/teardown.js";
import { PICTURE_SETTINGS, type Theme, Workbench } from "../../../scripts/lib/workbench.js";
import { startWorkbenchServer } from "../../../scripts/lib/workbench-server.js";

const shotsFolder = join(projectRoot, "shots", "e2e");

/** Opens a folder, or a `.code-workspace` file, as it is: a test that edits gives a copy. */
export async function openWorkspace(teardown: Teardown, folder: string): Promise<Workbench> {
	return (await openWindow(teardown, folder)).workbench;
}

export interface OpenWindow {
	readonly workbench: Workbench;
	/** Holds all that VS Code, its browser and its extensions store. */
	readonly dataFolder: string;
}

export async function openWindow(teardown: Teardown, folder: string): Promise<OpenWindow> {
	const { server, dataFolder } = await startWorkbenchServer(teardown, inject("vsix"), PICTURE_SETTINGS);
	const browser = teardown.own(await openBrowser(join(dataFolder, "browser")), (opened) => opened.close());
	return { workbench: await Workbench.open(server, browser, folder), dataFolder };
}

/** A copy of `test/fixtures/<name>`, or of the example with its generated client when `name` is "leaky-hotel". */
export async function copyFixture(teardown: Teardown, name: string): Promise<string> {
	if (name === "leaky-hotel") return teardown.own(await copyHotel(), (copy) => copy.remove()).folder;
	const parent = teardown.own(await mkdtemp(join(tmpdir(), "prisma-leak-lens-fixture-")), (folder) =>
		rm(folder, { recursive: true, force: true, maxRetries: 5 }),
	);
	const folder = join(parent, name);
	await cp(join(projectRoot, "test", "fixtures", name), folder, { recursive: true });
	await symlink(join(projectRoot, "node_modules"), join(parent, "node_modules"));
	return folder;
}

/**
 * Saves the window as `shots/e2e/<name>-<theme>.png`, for people to look at.
 * @param show brings up what goes away when the theme is chosen, such as a menu
 */
export async function screenshot(workbench: Workbench, name: string, theme: Theme, show?: () => Promise<unknown>): Promise<void> {
	await mkdir(shotsFolder, { recursive: true });
	await workbench.useTheme(theme);
	await show?.();
	await workbench.screenshot(join(shotsFolder, `${name}-${theme.replace(" ", "-")}.png`));
}
