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

	/** Turns on by its switch what is measured besides, such as "Queries and transactions". */
	async turnOn(level: string): Promise<void> {
		const levels = (await this.frame()).getByTestId("levels");
		if ((await levels.getAttribute("open")) === null) await levels.locator("summary").click();
		await levels.getByRole("switch", { name: level }).check();
	}

	/** Brings a chart into view, and gives what its labels say by the name of the series; nothing for a chart that was not drawn. */
	async series(title: string): Promise<ReadonlyMap<string, string>> {
		const chart = (await this.frame()).locator(`section.figure[aria-label="${title}"]`);
		await chart.scrollIntoViewIfNeeded();
		if (!(await chart.locator("canvas").isVisible())) return new Map();
		const labels = await chart.locator(".label").all();
		const read = labels.map(async (label) => {
			const [name, value] = await Promise.all([".label-name", ".label-value"].map((part) => label.locator(part).textContent()));
			return [name ?? "", (value ?? "").replace(/\s/g, " ")] as const;
		});
		return new Map(await Promise.all(read));
	}

	/** Scrolls to the top, where the figures and the first charts are, and folds what measures more. */
	async toTop(): Promise<void> {
		const frame = await this.frame();
		await frame.getByTestId("levels").evaluate((levels) => levels.removeAttribute("open"));
		await frame.locator("html").evaluate((page) => page.scrollTo({ top: 0 }));
	}

	/** Takes what was measured up to now as the baseline, and waits until what follows is laid beside it. */
	async compareFromHere(): Promise<void> {
		await this.workbench.command("Prisma Leak Lens: Set baseline…");
		await this.workbench.pick("From here");
		const comparison = (await this.frame()).getByTestId("comparison");
		await comparison.locator("th", { hasText: /^rss$/ }).waitFor();
	}

	/** Presses the button `name`, of the page or of the section with this label. */
	async press(name: string, section?: string): Promise<void> {
		const frame = await this.frame();
		const within = section === undefined ? frame.locator("body") : frame.locator(`section[aria-label="${section}"]`);
		await within.getByRole("button", { name }).first().click();
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
