/** Drives VS Code's web workbench as a person would: keys, lists and what stands on the screen. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext, Frame, Locator, Page } from "playwright-core";
import type { VsCodeServer } from "./vscode-server.js";

const TIMEOUT_MS = 60_000;
const HOVER_TIMEOUT_MS = 5_000;
const PALETTE_TIMEOUT_MS = 5_000;
const MENU_TIMEOUT_MS = 10_000;

export type Theme = "dark" | "light" | "high contrast";

/** A theme's name in the picker, and the class by which the workbench shows its kind. */
const THEMES: Readonly<Record<Theme, { readonly label: string; readonly mark: string }>> = {
	dark: { label: "Dark Modern", mark: "vs-dark" },
	light: { label: "Light Modern", mark: "vs" },
	"high contrast": { label: "Dark High Contrast", mark: "hc-black" },
};

/** Settings for pictures: a fixed theme, and nothing over the code. */
export const PICTURE_SETTINGS = { "workbench.colorTheme": THEMES.dark.label, "editor.minimap.enabled": false };

export interface ShownProblem {
	readonly severity: "error" | "warning" | "info";
	readonly text: string;
	readonly line: number;
	readonly column: number;
}

export class Workbench {
	private constructor(readonly page: Page) {
		page.setDefaultTimeout(TIMEOUT_MS);
	}

	static async open(server: VsCodeServer, browser: BrowserContext, folder: string): Promise<Workbench> {
		const page = browser.pages()[0] ?? (await browser.newPage());
		const workbench = new Workbench(page);
		await page.goto(server.urlOf(folder));
		await page.locator(".monaco-workbench .explorer-folders-view .monaco-list-row").first().waitFor();
		return workbench;
	}

	/** Opens `path` (relative to the workspace) and puts the cursor at its beginning. */
	async openFile(path: string): Promise<void> {
		const name = path.split("/").at(-1) ?? path;
		await this.page.keyboard.press("Control+P");
		await this.quickInput().fill(path);
		await this.quickInputRows().filter({ hasText: name }).first().click();
		await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
		await this.page.locator(".editor-instance .view-line").first().waitFor();
		await this.page.keyboard.press("Control+Home");
	}

	/** The text of the visible lines of the active editor, hints included. */
	async visibleText(): Promise<string> {
		const lines = await this.page.locator(".editor-group-container.active .view-line").allTextContents();
		return plain(lines.join("\n"));
	}

	/** Squiggles under the visible lines, waiting for the first one. */
	async squiggles(): Promise<{ readonly errors: number; readonly warnings: number }> {
		await this.page.locator(".squiggly-error, .squiggly-warning").first().waitFor();
		const count = (kind: string) => this.page.locator(`.squiggly-${kind}`).count();
		return { errors: await count("error"), warnings: await count("warning") };
	}

	/** Inlay hints on the visible lines, waiting for the first one. */
	async hints(): Promise<string[]> {
		const hints = this.page.locator('.view-line span[class*="dyn-rule"]', { hasText: /\S/ });
		await hints.first().waitFor();
		return (await hints.allTextContents()).map((text) => plain(text).trim());
	}

	/** Code lenses of the visible lines, waiting for one that matches. */
	async codeLenses(pattern: RegExp): Promise<string[]> {
		const lenses = this.page.locator(".editor-group-container.active .codelens-decoration");
		await lenses.filter({ hasText: pattern }).first().waitFor();
		return (await lenses.allTextContents()).map((text) => plain(text).trim());
	}

	/** Rests the pointer on the last `word` of the visible lines; gives the text of the hover that matches. */
	async hover(word: string, pattern: RegExp): Promise<string> {
		const target = this.page.locator(".editor-group-container.active .view-line span:not(:has(*))", { hasText: word }).last();
		const hover = this.page.locator(".monaco-hover:visible").filter({ hasText: pattern }).first();
		return this.until(`a hover over ${word} shows ${pattern}`, async () => {
			// A pointer that rests there already is not noticed.
			await this.page.mouse.move(0, 0);
			await target.hover();
			await hover.waitFor({ timeout: HOVER_TIMEOUT_MS }).catch(() => undefined);
			return (await hover.isVisible()) ? plain((await hover.textContent()) ?? "") : undefined;
		});
	}

	/** The item of the status bar whose text matches. */
	async statusItem(pattern: RegExp): Promise<string> {
		const item = this.page.locator(".statusbar-item", { hasText: pattern }).first();
		await item.waitFor();
		return plain((await item.textContent()) ?? "").trim();
	}

	/** Opens the quick-fix menu at the cursor; gives its titles. Escape closes it. */
	async quickFixMenu(): Promise<string[]> {
		const rows = this.page.locator(".action-widget .monaco-list-row.action");
		return this.until("a menu of quick-fixes", async () => {
			// A menu that is asked for while the editor takes in something else does not come.
			await this.page.keyboard.press("Control+.");
			await rows
				.first()
				.waitFor({ timeout: MENU_TIMEOUT_MS })
				.catch(() => this.page.keyboard.press("Escape"));
			return (await rows.first().isVisible()) ? (await rows.allTextContents()).map((text) => plain(text).trim()) : undefined;
		});
	}

	/** Errors and warnings of the whole workspace, as the status bar counts them. */
	async problemCount(): Promise<number> {
		const label = await this.page.locator('[id="status.problems"] [aria-label]').first().getAttribute("aria-label");
		return [...(label ?? "").matchAll(/\d+/g)].reduce((sum, [count]) => sum + Number(count), 0);
	}

	/** The rows of the Problems panel that fit the screen, waiting for the first one. */
	async problems(): Promise<ShownProblem[]> {
		if (!(await this.page.locator(".markers-panel").isVisible())) await this.page.keyboard.press("Control+Shift+M");
		const rows = this.page.locator(".markers-panel .monaco-list-row");
		await rows
			.filter({ has: this.page.locator(".marker-icon") })
			.first()
			.waitFor();
		const labels = await Promise.all((await rows.all()).map((row) => row.getAttribute("aria-label")));
		return labels.flatMap((label) => parseProblem(plain(label ?? "")));
	}

	/** Waits until the number of problems is other than `before`; gives the new number. */
	async problemCountAfter(before: number): Promise<number> {
		return this.until("the number of problems changes", async () => {
			const count = await this.problemCount();
			return count === before ? undefined : count;
		});
	}

	/** Puts the cursor on the next problem of the active file, as Alt+F8 does. */
	async goToNextProblem(): Promise<void> {
		await this.page.keyboard.press("Alt+F8");
		const peek = this.page.locator(".marker-widget");
		await peek.waitFor();
		await this.page.keyboard.press("Escape");
		await peek.waitFor({ state: "detached" });
	}

	/** Waits until the visible text of the active editor matches. */
	async waitForText(pattern: RegExp): Promise<void> {
		await this.until(`the editor shows ${pattern}`, async () => pattern.test(await this.visibleText()) || undefined);
	}

	/** Applies the quick-fix at the cursor whose title contains `title`; gives the titles of the menu. */
	async quickFix(title: string): Promise<string[]> {
		const titles = await this.quickFixMenu();
		await this.page.locator(".action-widget .monaco-list-row.action", { hasText: title }).first().click();
		return titles;
	}

	/** Runs a command by its title in the command palette. */
	async command(title: string): Promise<void> {
		const row = this.quickInputRows().filter({ hasText: title }).first();
		await this.until(`the command palette lists "${title}"`, async () => {
			// The palette lists what was registered when it opened: in a window that still starts, it has to be opened again.
			await this.page.keyboard.press("Escape");
			await this.page.keyboard.press("F1");
			await this.quickInput().fill(`>${title}`);
			await row.waitFor({ timeout: PALETTE_TIMEOUT_MS }).catch(() => undefined);
			return (await row.isVisible()) || undefined;
		});
		await row.click();
	}

	/** Reloads the window, as its command does; resolves when the workbench stands again. */
	async reload(): Promise<void> {
		await this.page.reload();
		await this.page.locator(".monaco-workbench").waitFor();
	}

	/** Milliseconds that loading an extension's code and calling its `activate` took, as VS Code counts them. */
	async activationMs(extension: string): Promise<number> {
		await this.command("Developer: Show Running Extensions");
		const list = this.page.locator(".runtime-extensions-editor");
		const row = list.locator(".extension", { has: this.page.locator(".name", { hasText: new RegExp(`^${extension}$`) }) });
		return this.until(`${extension} among the running extensions`, async () => {
			if (!(await row.isVisible())) {
				await list.hover();
				await this.page.mouse.wheel(0, 300);
				return undefined;
			}
			const [, ms] = /(\d+)\s?ms/.exec(plain((await row.locator(".activation-time").textContent()) ?? "")) ?? [];
			return ms === undefined ? undefined : Number(ms);
		});
	}

	/** Gives the whole window to the editor whose tab says `title`. */
	async maximize(title: string): Promise<void> {
		await this.page.locator(".tab", { hasText: title }).click();
		await this.command("View: Maximize Editor Group and Hide Side Bars");
	}

	/** Picks the row of an open pick list that contains `text`. */
	async pick(text: string): Promise<void> {
		await this.quickInputRows().filter({ hasText: text }).first().click();
	}

	/** Texts of the rows of an open pick list, waiting for the first one. */
	async pickRows(): Promise<readonly string[]> {
		await this.quickInputRows().first().waitFor();
		return (await this.quickInputRows().allTextContents()).map(plain);
	}

	/** Answers an open question for a text whose title matches. */
	async answer(title: RegExp, text: string): Promise<void> {
		await this.page.locator(".quick-input-widget:visible", { hasText: title }).waitFor();
		await this.quickInput().fill(text);
		await this.quickInput().press("Enter");
	}

	/** Saves to `path` in an open save dialog whose title matches. Once it has listed the folder, it writes its own proposal over what was typed before. */
	async saveAs(title: RegExp, path: string): Promise<void> {
		const dialog = this.page.locator(".quick-input-widget:visible", { hasText: title });
		await dialog.locator(".monaco-list-row").first().waitFor();
		await this.quickInput().fill(path);
		await this.quickInput().press("Enter");
		await dialog.waitFor({ state: "hidden" });
	}

	/** Presses the button `name` of a dialog or a notification. */
	async confirm(name: string | RegExp): Promise<void> {
		await this.page.locator(".monaco-dialog-box, .notifications-toasts").getByRole("button", { name }).first().click();
	}

	/** The frame of the webview that shows an element matching `selector`. */
	async webviewFrame(selector: string): Promise<Frame> {
		return this.until(`a webview shows "${selector}"`, async () => {
			for (const frame of this.page.frames()) {
				if (
					(await frame
						.locator(selector)
						.count()
						.catch(() => 0)) > 0
				)
					return frame;
			}
			return undefined;
		});
	}

	async useTheme(theme: Theme): Promise<void> {
		await this.command("Preferences: Color Theme");
		await this.quickInput().fill(THEMES[theme].label);
		await this.pick(THEMES[theme].label);
		await this.page.locator(`.monaco-workbench.${THEMES[theme].mark}`).waitFor();
	}

	/** Saves the window as a PNG, without the notifications that happen to be open. */
	async screenshot(path: string): Promise<void> {
		await sleep(500);
		await this.page.screenshot({ path });
	}

	/** Asks `probe` until it gives a value. */
	private async until<T>(what: string, probe: () => Promise<T | undefined>): Promise<T> {
		const deadline = Date.now() + TIMEOUT_MS;
		while (Date.now() < deadline) {
			const value = await probe();
			if (value !== undefined) return value;
			await sleep(200);
		}
		throw new Error(`Waited ${TIMEOUT_MS / 1000} s, but not: ${what}.`);
	}

	private quickInput(): Locator {
		return this.page.locator(".quick-input-widget input").first();
	}

	private quickInputRows(): Locator {
		return this.page.locator(".quick-input-list .monaco-list-row");
	}
}

/** VS Code draws spaces as no-break spaces. */
function plain(text: string): string {
	return text.replaceAll("\u00a0", " ").replaceAll("\u200b", "");
}

function parseProblem(label: string): ShownProblem[] {
	const [, severity, text, line, column] = /^(Error|Warning|Info)\w*: (.*) at line (\d+) and character (\d+)/s.exec(label) ?? [];
	if (severity === undefined || text === undefined) return [];
	const kinds = { Error: "error", Warning: "warning", Info: "info" } as const;
	if (severity !== "Error" && severity !== "Warning" && severity !== "Info") return [];
	return [{ severity: kinds[severity], text, line: Number(line), column: Number(column) }];
}
