import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
	// Texts of the extension are tested without an editor; of VS Code they need its translations alone.
	resolve: { alias: { vscode: join(import.meta.dirname, "test", "support", "vscode.ts") } },
	test: {
		include: ["test/**/*.test.ts"],
		exclude: ["**/node_modules/**", "test/integration/**", "test/e2e/**", "test/runtime/**", "test/fixtures/**"],
		// The command line and the language server run as processes of their own: their start alone takes seconds on a busy machine.
		testTimeout: 30_000,
		hookTimeout: 30_000,
	},
});
