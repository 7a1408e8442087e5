/** `npm start -- --headless`: walks through the main job in a browser, and reports what was on the screen. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openBrowser } from "./browser.js";
import { DashboardPage } from "./dashboard-page.js";
import { startExample } from "./example.js";
import { step } from "./progress.js";
import type { Teardown } from "./teardown.js";
import { PICTURE_SETTINGS, Workbench } from "./workbench.js";
import { prepareWorkbenchServer, startWorkbenchServer } from "./workbench-server.js";

const SAMPLES = 30;
const LEAKY_FILE = "src/routes/rooms.ts";
const HINTED_FILE = "src/services/availability.ts";

/** What was on the screen. `fixed` counts the findings that the fix made vanish; `connections` is the dashboard's last figure. */
interface Seen {
	readonly ok: boolean;
	readonly findings: number;
	readonly hints: number;
	readonly fixed: number;
	readonly samples: number;
	readonly connections: number;
	readonly shots: readonly string[];
	readonly error?: string;
}

/** Prints one JSON line on stdout; the exit code is 0 only when all of it happened. */
export async function tour(teardown: Teardown, shotsFolder: string): Promise<number> {
	await mkdir(shotsFolder, { recursive: true });
	const vsix = await prepareWorkbenchServer();
	const example = await startExample(teardown);
	const { server, dataFolder } = await startWorkbenchServer(teardown, vsix, PICTURE_SETTINGS);
	const browser = teardown.own(await openBrowser(join(dataFolder, "browser")), (opened) => opened.close());
	const workbench = await step("Opening the workbench", () => Workbench.open(server, browser, example.folder));

	const seen = { findings: 0, hints: 0, fixed: 0, samples: 0, connections: 0, shots: [] as string[] };
	const shoot = async (name: string) => {
		const path = join(shotsFolder, name);
		await workbench.screenshot(path);
		seen.shots.push(path);
	};
	try {
		await step("Looking for findings and hints", async () => {
			await workbench.openFile(LEAKY_FILE);
			await workbench.squiggles();
			await workbench.problems();
			seen.findings = await workbench.problemCount();
			await shoot("problems.png");
			await workbench.command("View: Hide Panel");
			await workbench.openFile(HINTED_FILE);
			seen.hints = (await workbench.hints()).length;
			await shoot("hints.png");
		});
		await step("Applying Use singleton", async () => {
			await workbench.openFile(LEAKY_FILE);
			await workbench.goToNextProblem();
			await workbench.quickFix("Use singleton");
			await workbench.waitForText(/import \{ prisma \} from/);
			await workbench.command("File: Save All Files");
			seen.fixed = seen.findings - (await workbench.problemCountAfter(seen.findings));
			await shoot("fixed.png");
		});
		const dashboard = await step(`Attaching the monitor and waiting for ${SAMPLES} samples`, async () => {
			const dashboard = await DashboardPage.attach(workbench, "leaky-hotel");
			seen.samples = await dashboard.waitForSamples(SAMPLES);
			seen.connections = await dashboard.connections();
			await workbench.maximize("Memory Monitor");
			await dashboard.toTop();
			await shoot("dashboard.png");
			return dashboard;
		});
		await step(`Comparing, over ${SAMPLES} samples more`, async () => {
			await dashboard.compareFromHere();
			await dashboard.waitForSamples(seen.samples + SAMPLES);
			await dashboard.toTop();
			await shoot("comparison.png");
		});
	} catch (error) {
		await shoot("failed.png").catch(() => {});
		return report({ ok: false, ...seen, error: error instanceof Error ? error.message : String(error) });
	}
	const ok = seen.findings > 0 && seen.hints > 0 && seen.fixed > 0 && seen.samples >= SAMPLES && seen.connections > 0;
	return report({ ok, ...seen });
}

function report(seen: Seen): number {
	process.stdout.write(`${JSON.stringify(seen)}\n`);
	return seen.ok ? 0 : 1;
}
