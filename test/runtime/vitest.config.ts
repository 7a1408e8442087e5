import { defineConfig } from "vitest/config";

/** Real processes, real PostgreSQL, real time: one file after the other, so that none disturbs another's figures. */
export default defineConfig({
	test: {
		include: ["test/runtime/**/*.test.ts"],
		fileParallelism: false,
		testTimeout: 60_000,
		hookTimeout: 120_000,
	},
});
