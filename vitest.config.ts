import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		exclude: ["**/node_modules/**", "test/integration/**", "test/e2e/**", "test/runtime/**", "test/fixtures/**"],
	},
});
