/** The dashboard's real page and bundle in headless Chromium, with the extension's side played by the test. */
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { ensureBrowser } from "../../../scripts/lib/system-packages.js";
import { dashboardPage } from "../../../src/extension/monitor/html.js";
import type { ToDashboard } from "../../../src/protocol/index.js";
import { THEMES, type ThemeFixture } from "./themes.js";

const ORIGIN = "https://dashboard.test";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];

export interface Bundle {
	readonly script: string;
	readonly style: string;
}

export async function bundleDashboard(): Promise<Bundle> {
	const { outputFiles } = await build({
		entryPoints: { webview: "webview/main.ts" },
		bundle: true,
		minify: true,
		format: "iife",
		target: "chrome120",
		outdir: "dist",
		write: false,
	});
	const text = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
	return { script: text(".js"), style: text(".css") };
}

export async function launch(): Promise<Browser> {
	return chromium.launch({ executablePath: await ensureBrowser(), headless: true, args: FLAGS });
}

export interface OpenOptions {
	readonly width: number;
	readonly height: number;
	readonly theme?: keyof typeof THEMES;
	/** What the webview kept from before it was hidden. */
	readonly kept?: unknown;
}

/** One open dashboard. `problems` gathers policy violations, errors and warnings of the page. */
export class DashboardPage {
	readonly problems: string[] = [];

	private constructor(readonly page: Page) {}

	static async open(browser: Browser, bundle: Bundle, options: OpenOptions): Promise<DashboardPage> {
		const page = await browser.newPage({ viewport: { width: options.width, height: options.height }, timezoneId: "UTC" });
		const opened = new DashboardPage(page);
		page.on("console", (message) => {
			if (message.type() === "error" || message.type() === "warning") opened.problems.push(message.text());
		});
		page.on("pageerror", (error) => opened.problems.push(String(error)));
		await page.route(`${ORIGIN}/**`, (route) => {
			const { pathname } = new URL(route.request().url());
			if (pathname === "/webview.js") return route.fulfill({ contentType: "text/javascript", body: bundle.script });
			if (pathname === "/webview.css") return route.fulfill({ contentType: "text/css", body: bundle.style });
			return route.fulfill({ contentType: "text/html", body: html() });
		});
		// tsx, which the benchmark runs under, compiles functions to calls of this helper; what is sent into the page needs it there.
		await page.addInitScript({ content: "globalThis.__name = (named) => named;" });
		await page.addInitScript(playExtension, { theme: THEMES[options.theme ?? "dark"], kept: options.kept ?? null });
		await page.goto(`${ORIGIN}/`);
		await page.locator("[data-testid=state]").waitFor({ state: "attached" });
		return opened;
	}

	async send(...messages: readonly ToDashboard[]): Promise<void> {
		await this.page.evaluate(async (batch) => {
			for (const message of batch) window.postMessage(message, "*");
			await new Promise((resolve) => setTimeout(resolve, 0));
			await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
		}, messages);
	}

	/** Presses one of the header's buttons and lets the page draw. */
	async press(name: string): Promise<void> {
		await this.page.locator(".controls vscode-button", { hasText: name }).click();
		await this.send();
	}

	/** Times in the first column of the memory chart's table, which is opened. */
	async memoryTimes(): Promise<readonly string[]> {
		const show = this.page.locator(".figure").first().getByRole("button", { name: "Table" });
		if ((await show.getAttribute("aria-expanded")) === "false") await show.click();
		const times = await this.page.getByTestId("memory-chart-table").locator("tbody tr th").allTextContents();
		return times.filter((text) => text !== "");
	}

	/** Types of the messages the page sent. */
	sent(): Promise<readonly string[]> {
		return this.page.evaluate(() => window.sentMessages.map(({ type }) => type));
	}

	/** The latest message the page sent. */
	lastSent(): Promise<unknown> {
		return this.page.evaluate(() => window.sentMessages.at(-1));
	}

	async setTheme(theme: keyof typeof THEMES): Promise<void> {
		await this.page.evaluate(async (fixture) => {
			window.applyTheme(fixture);
			await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
		}, THEMES[theme]);
	}

	text(testId: string): Promise<string> {
		return this.page.locator(`[data-testid=${testId}]`).evaluate((found) => found.textContent ?? "");
	}

	/** Which of the theme's chart colours a canvas shows, lines and fills over its background alike. */
	inked(canvasId: string, theme: keyof typeof THEMES = "dark"): Promise<readonly string[]> {
		const hues = ["blue", "yellow", "purple", "orange", "red", "green"].map((hue) => [hue, THEMES[theme].variables[`charts-${hue}`] ?? ""]);
		return this.page.locator(`#${canvasId}`).evaluate((found, wanted) => {
			const { data } = window.pixelsOf(found);
			return wanted.flatMap(([name = "", css = ""]) => {
				const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(css.slice(at, at + 2), 16));
				let pixels = 0;
				for (let at = 0; at < data.length; at += 4) {
					const near = [red, green, blue].every((level, channel) => Math.abs((data[at + channel] ?? 0) - (level ?? 0)) < 12);
					if (near && (data[at + 3] ?? 0) > 40) pixels += 1;
				}
				return pixels > 20 ? [name] : [];
			});
		}, hues);
	}

	/** Share of a column of the plot that is drawn on, at `place` (0 left, 1 right). */
	columnInk(canvasId: string, place: number): Promise<number> {
		return this.page.locator(`#${canvasId}`).evaluate((found, fraction) => {
			const { data, width, height } = window.pixelsOf(found);
			const [axisWidth, axisHeight] = [58, 26];
			const x = Math.round(axisWidth + (width - axisWidth - 1) * fraction);
			const rows = Array.from({ length: height - axisHeight }, (_, y) => data[(y * width + x) * 4 + 3] ?? 0);
			return rows.filter((alpha) => alpha > 40).length / rows.length;
		}, place);
	}

	/** Place and size of everything that must not move. */
	layout(): Promise<readonly (readonly number[])[]> {
		return this.page.evaluate(() =>
			[...document.querySelectorAll(".header, .controls > *, .tile, .figure, canvas, .labels, .label-value")].map((found) => {
				const { left, top, width, height } = found.getBoundingClientRect();
				return found.classList.contains("label-value") ? [Math.round(left + width)] : [left, top, width, height].map(Math.round);
			}),
		);
	}

	/** Bytes of JavaScript heap in use after a full collection. */
	async heapUsed(): Promise<number> {
		const session = await this.page.context().newCDPSession(this.page);
		await session.send("HeapProfiler.collectGarbage");
		const { usedSize } = await session.send("Runtime.getHeapUsage");
		await session.detach();
		return usedSize;
	}
}

declare global {
	interface Window {
		sentMessages: { type: string }[];
		keptState: unknown;
		applyTheme(fixture: ThemeFixture): void;
		acquireVsCodeApi(): unknown;
		pixelsOf(canvas: Element): ImageData;
	}
}

function html(): string {
	return dashboardPage({ cspSource: ORIGIN, nonce: "dGVzdA", scriptUri: `${ORIGIN}/webview.js`, styleUri: `${ORIGIN}/webview.css` });
}

/** Runs in the page before anything else: VS Code's variables, its body class and its API. */
function playExtension({ theme, kept }: { theme: ThemeFixture; kept: unknown }): void {
	window.sentMessages = [];
	window.keptState = kept;
	window.acquireVsCodeApi = () => ({
		postMessage: (message: { type: string }) => window.sentMessages.push(message),
		getState: () => window.keptState,
		setState: (state: unknown) => {
			window.keptState = state;
		},
	});
	window.applyTheme = (fixture) => {
		document.documentElement.removeAttribute("style");
		for (const [name, value] of Object.entries(fixture.variables)) document.documentElement.style.setProperty(`--vscode-${name}`, value);
		document.body?.setAttribute("class", fixture.bodyClass);
	};
	window.pixelsOf = (canvas) => {
		if (!(canvas instanceof HTMLCanvasElement)) throw new Error("This element is no canvas.");
		const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
		if (copy === null) throw new Error("There is no 2D context.");
		copy.drawImage(canvas, 0, 0);
		return copy.getImageData(0, 0, canvas.width, canvas.height);
	};
	document.addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
	const ready = new MutationObserver(() => {
		if (!document.body) return;
		ready.disconnect();
		window.applyTheme(theme);
	});
	ready.observe(document, { childList: true, subtree: true });
}
