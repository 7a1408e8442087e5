import type { Locator } from "playwright-core";
import type { Workbench } from "./workbench.js";

const ICON = '.activitybar .action-item:has([aria-label^="Prisma leaks"])';

/** The tree "Prisma leaks" in the side bar. */
export class LeaksPage {
	private constructor(private readonly workbench: Workbench) {}

	static async open(workbench: Workbench): Promise<LeaksPage> {
		const leaks = await LeaksPage.show(workbench);
		await leaks.rows().first().waitFor();
		return leaks;
	}

	/** Opens the view whether or not it has rows, once its icon says that the extension is there. */
	static async show(workbench: Workbench): Promise<LeaksPage> {
		await workbench.page.locator(ICON).waitFor();
		await workbench.command("Prisma Leak Lens: Show leaks");
		return new LeaksPage(workbench);
	}

	/** Waits until the view says what matches; gives all it says. */
	async says(pattern: RegExp): Promise<string> {
		const view = this.view().filter({ hasText: pattern });
		await view.waitFor();
		return (await view.textContent()) ?? "";
	}

	/** Presses a button that stands in the place of rows. */
	async follow(button: string): Promise<void> {
		await this.view().getByRole("button", { name: button }).click();
	}

	/** What a screen reader says of the rows on the screen. */
	async labels(): Promise<string[]> {
		const labels = await Promise.all((await this.rows().all()).map((row) => row.getAttribute("aria-label")));
		return labels.map((label) => label?.trim() ?? "");
	}

	/** What stands above the rows. */
	async message(): Promise<string> {
		return (await this.view().locator(".message").first().textContent()) ?? "";
	}

	/** The badge on the view's icon. */
	async badge(): Promise<string> {
		return (await this.workbench.page.locator(`${ICON} .badge-content`).textContent()) ?? "";
	}

	/** Leaves the rows that match `words`. */
	async filter(words: string): Promise<void> {
		await this.workbench.command("Prisma Leak Lens: Filter leaks");
		const box = this.workbench.page.getByPlaceholder("Words in the message, the rule or the file");
		await box.fill(words);
		await box.press("Enter");
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
