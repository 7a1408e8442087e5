import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		exclude: ["**/node_modules/**", "test/integration/**", "test/e2e/**", "test/runtime/**", "test/fixtures/**"],
		// The command line and the language server run as processes of their own: their start alone takes seconds on a busy machine.
		testTimeout: 30_000,
		hookTimeout: 30_000,
	},
});
