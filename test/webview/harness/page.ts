/** The dashboard's real page and bundle in headless Chromium, with the extension's side played by the test. */
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { dashboardPage } from "../../../src/extension/monitor/html.js";
import type { ToDashboard } from "../../../src/protocol/index.js";
import { THEMES, type ThemeFixture } from "./themes.js";

const ORIGIN = "https://dashboard.test";
const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const FLAGS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	"--js-flags=--expose-gc",
	"--enable-precise-memory-info",
];

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

export function launch(): Promise<Browser> {
	return chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
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

	/** Types of the messages the page sent. */
	sent(): Promise<readonly string[]> {
		return this.page.evaluate(() => window.sentMessages.map(({ type }) => type));
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
}

declare global {
	interface Window {
		sentMessages: { type: string }[];
		keptState: unknown;
		applyTheme(fixture: ThemeFixture): void;
		acquireVsCodeApi(): unknown;
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
	document.addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
	const ready = new MutationObserver(() => {
		if (!document.body) return;
		ready.disconnect();
		window.applyTheme(theme);
	});
	ready.observe(document, { childList: true, subtree: true });
}
