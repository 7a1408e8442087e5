import { join } from "node:path";
import { copyHotel } from "../lib/leaky-hotel.js";
import { projectRoot } from "../lib/paths.js";
import { run } from "../lib/processes.js";
import type { Suite } from "./suite.js";

/** The example compiles against the client that Prisma generates for it. */
export const exampleSuite: Suite = {
	name: "example",
	async run() {
		const copy = await copyHotel();
		try {
			await run(process.execPath, [join(projectRoot, "node_modules", "typescript", "bin", "tsc"), "-p", copy.folder]);
			return { passed: 1, failed: 0, skipped: 0 };
		} finally {
			await copy.remove();
		}
	},
};
