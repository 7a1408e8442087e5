/** test/integration inside a real VS Code: on the desktop where its download is reachable, else in the server from npm. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RESULT_VARIABLE } from "../../test/integration/support/result.js";
import { buildExtension } from "../lib/build.js";
import { copyHotel } from "../lib/leaky-hotel.js";
import { step } from "../lib/progress.js";
import { Teardown } from "../lib/teardown.js";
import { bundleIntegrationTests } from "./bundle-integration.js";
import { desktopVsCode, runOnDesktop } from "./desktop-host.js";
import { runOnServer } from "./server-host.js";
import type { Outcome, Suite } from "./suite.js";

export const integrationSuite: Suite = {
	name: "integration",
	async run() {
		const teardown = new Teardown();
		try {
			await step("Building the extension and its tests", buildExtension);
			const tests = await bundleIntegrationTests();
			const dataFolder = teardown.own(await mkdtemp(join(tmpdir(), "prisma-leak-lens-integration-")), (folder) =>
				rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
			);
			const copy = teardown.own(await copyHotel(), (hotel) => hotel.remove());
			const result = join(dataFolder, "result.json");
			const host = { tests, workspace: copy.folder, dataFolder, env: { [RESULT_VARIABLE]: result } };
			const desktop = await desktopVsCode();
			if (desktop) await runOnDesktop(desktop, host);
			else await runOnServer(teardown, host);
			return outcomeOf(await readFile(result, "utf8").catch(() => undefined));
		} finally {
			await teardown.run();
		}
	},
};

/** VS Code's exit code proves nothing: an extension host that dies reports success. Only mocha's own counts do. */
function outcomeOf(stats: string | undefined): Outcome {
	if (stats === undefined) throw new Error("The extension host ended before the suite did.");
	const { passes, failures, pending }: { passes: number; failures: number; pending: number } = JSON.parse(stats);
	if (passes + failures === 0) throw new Error("It ran no test.");
	return { passed: passes, failed: failures, skipped: pending };
}
