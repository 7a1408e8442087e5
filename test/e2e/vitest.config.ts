import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["test/e2e/**/*.test.ts"],
		globalSetup: ["test/e2e/support/setup.ts"],
		fileParallelism: false,
		testTimeout: 180_000,
		hookTimeout: 300_000,
	},
});
