import { defineConfig } from "vitest/config";

/** The dashboard in a real browser: needs Chromium, so it is a suite of its own (`webview`). */
export default defineConfig({
	test: {
		include: ["test/webview/**/*.browser.ts"],
		testTimeout: 60_000,
		hookTimeout: 300_000,
		fileParallelism: false,
	},
});
