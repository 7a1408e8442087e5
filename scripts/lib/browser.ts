import { type BrowserContext, chromium } from "playwright-core";
import { ensureBrowser } from "./system-packages.js";

const FLAGS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

/** Headless Chromium with a fresh profile in `profileFolder`. */
export async function openBrowser(profileFolder: string): Promise<BrowserContext> {
	return chromium.launchPersistentContext(profileFolder, {
		executablePath: await ensureBrowser(),
		headless: true,
		viewport: { width: 1440, height: 900 },
		args: FLAGS,
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
	});
}
