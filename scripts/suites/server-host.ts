import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { format } from "node:util";
import { openBrowser } from "../lib/browser.js";
import { projectRoot } from "../lib/paths.js";
import type { Teardown } from "../lib/teardown.js";
import { installVsCode } from "../lib/vscode-install.js";
import { VsCodeServer } from "../lib/vscode-server.js";
import type { HostRun } from "./host-run.js";

const RUN_TIMEOUT_MS = 900_000;

/** What the workbench itself prints into the runner's log. */
const NOISE =
	/workbench\.js:\d+|^Ignoring fetching|^Resolv|^Creating a socket|^\[(AgentHost|AccountPolicy|Service Worker|reconnection)|^Updating additional/;

export async function runOnServer(teardown: Teardown, host: HostRun): Promise<void> {
	const installation = await installVsCode();
	const server = teardown.own(
		await VsCodeServer.start({ installation, dataFolder: host.dataFolder, smokeTestDriver: true, env: host.env }),
		(running) => running.stop(),
	);
	const browser = teardown.own(await openBrowser(join(host.dataFolder, "browser")), (opened) => opened.close());
	const page = browser.pages()[0] ?? (await browser.newPage());

	await page.exposeFunction("codeAutomationLog", (_type: string, args: unknown[]) => {
		const text = format(...args);
		if (!NOISE.test(text)) process.stdout.write(`${text}\n`);
	});
	const ended = new Promise<void>((resolve) => {
		void page.exposeFunction("codeAutomationExit", () => resolve());
	});
	const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${path}`;
	const payload = [
		["extensionDevelopmentPath", remote(projectRoot)],
		["extensionTestsPath", remote(join(host.tests, "index.js"))],
		["enableProposedApi", ""],
		["skipWelcome", "true"],
	];
	// On a busy machine the workbench takes its time; the limit of the whole run is the one that counts.
	await page.goto(server.urlOf(host.workspace, JSON.stringify(payload)), { timeout: RUN_TIMEOUT_MS });
	const late = sleep(RUN_TIMEOUT_MS, undefined, { ref: false }).then(() => {
		throw new Error(`The suite did not end within ${RUN_TIMEOUT_MS / 60_000} min.`);
	});
	await Promise.race([ended, late]);
}
