/** Renders media/marketplace.svg to media/icon.png, the picture the marketplaces show: `npx tsx scripts/render-icon.ts`. */
import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";
import { ensureBrowser } from "./lib/system-packages.js";

const SIZE = 128;

async function main(): Promise<void> {
	const svg = await readFile("media/marketplace.svg", "utf8");
	const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: ["--no-sandbox"] });
	const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
	await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
	await page.screenshot({ path: "media/icon.png", omitBackground: true });
	await browser.close();
}

void main();
