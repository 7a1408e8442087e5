import type { Locator } from "playwright-core";
import type { Workbench } from "./workbench.js";

/** The tree "Prisma leaks" in the side bar. */
export class LeaksPage {
	private constructor(private readonly workbench: Workbench) {}

	static async open(workbench: Workbench): Promise<LeaksPage> {
		await workbench.command("Prisma Leak Lens: Show leaks");
		const leaks = new LeaksPage(workbench);
		await leaks.rows().first().waitFor();
		return leaks;
	}

	/** What a screen reader says of the rows on the screen. */
	async labels(): Promise<string[]> {
		const labels = await Promise.all((await this.rows().all()).map((row) => row.getAttribute("aria-label")));
		return labels.map((label) => label ?? "");
	}

	/** What stands above the rows. */
	async message(): Promise<string> {
		return (await this.view().locator(".message").first().textContent()) ?? "";
	}

	/** The badge on the view's icon. */
	async badge(): Promise<string> {
		return (
			(await this.workbench.page.locator('.activitybar .action-item:has([aria-label^="Prisma leaks"]) .badge-content').textContent()) ?? ""
		);
	}

	/** Opens a closed row, or closes an open one. */
	async toggle(text: string): Promise<void> {
		await this.row(text).click();
	}

	/** Presses the button `name` that a row shows under the pointer. */
	async press(text: string, name: string): Promise<void> {
		await this.row(text).hover();
		await this.row(text).getByRole("button", { name, exact: true }).first().click();
	}

	row(text: string): Locator {
		return this.rows().filter({ hasText: text }).first();
	}

	private rows(): Locator {
		return this.view().locator(".monaco-list-row");
	}

	private view(): Locator {
		return this.workbench.page.locator('.sidebar [id="workbench.view.extension.prismaLeakLens"]');
	}
}
