/** The dashboard as it stands on the screen, inside its webview. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Frame } from "playwright-core";
import type { Workbench } from "./workbench.js";

const SHOWN = "[data-testid=sample-count]";
const SAMPLES_TIMEOUT_MS = 120_000;

export class DashboardPage {
	private constructor(
		private readonly workbench: Workbench,
		private shownIn: Frame,
	) {}

	/** A webview that is moved or shown again gets another frame. */
	async frame(): Promise<Frame> {
		if (this.shownIn.isDetached()) this.shownIn = await this.workbench.webviewFrame(SHOWN);
		return this.shownIn;
	}

	/** Attaches the monitor to the process whose row in the pick list contains `name`. */
	static async attach(workbench: Workbench, name: string): Promise<DashboardPage> {
		await workbench.command("Prisma Leak Lens: Attach memory monitor");
		await workbench.pick(name);
		await workbench.confirm(/open|attach/i);
		return DashboardPage.shown(workbench);
	}

	/** The dashboard that is on the screen. */
	static async shown(workbench: Workbench): Promise<DashboardPage> {
		return new DashboardPage(workbench, await workbench.webviewFrame(SHOWN));
	}

	/** Waits for at least `count` samples; gives the number shown then. */
	async waitForSamples(count: number): Promise<number> {
		const deadline = Date.now() + SAMPLES_TIMEOUT_MS;
		for (;;) {
			const shown = Number(await this.text("sample-count"));
			if (shown >= count) return shown;
			if (Date.now() > deadline) {
				throw new Error(
					`The dashboard shows ${shown} of ${count} samples after ${SAMPLES_TIMEOUT_MS / 1000} s, state "${await this.text("state")}".`,
				);
			}
			await sleep(500);
		}
	}

	/** The connections figure of the strip. */
	async connections(): Promise<number> {
		return Number(await this.text("strip-connections"));
	}

	/** Text of the element with this `data-testid`. */
	async text(testId: string): Promise<string> {
		const frame = await this.frame();
		try {
			return ((await frame.getByTestId(testId).textContent()) ?? "").trim();
		} catch (error) {
			if (!frame.isDetached()) throw error;
			return this.text(testId);
		}
	}
}
