import { join } from "node:path";
import { openBrowser } from "../../scripts/lib/browser.js";
import { copyHotel } from "../../scripts/lib/leaky-hotel.js";
import { Teardown } from "../../scripts/lib/teardown.js";
import { Workbench } from "../../scripts/lib/workbench.js";
import { prepareWorkbenchServer, startWorkbenchServer } from "../../scripts/lib/workbench-server.js";
import type { BenchRow } from "./row.js";
import { median } from "./statistics.js";

const EXTENSION = "Prisma Leak Lens";
const WINDOWS = 9;
const BOUND_MS = 50;

/**
 * What the packaged extension takes of the extension host until it is active: loading its code and calling `activate`, in milliseconds,
 * as VS Code counts them under "Show Running Extensions". Each in a window of its own; the first one, whose server starts too, is left out.
 */
export async function activationBench(): Promise<BenchRow> {
	const teardown = new Teardown();
	try {
		const vsix = await prepareWorkbenchServer();
		const { folder } = teardown.own(await copyHotel(), (copy) => copy.remove());
		const { server, dataFolder } = await startWorkbenchServer(teardown, vsix);
		const browser = teardown.own(await openBrowser(join(dataFolder, "browser")), (opened) => opened.close());
		const workbench = await Workbench.open(server, browser, folder);
		await workbench.activationMs(EXTENSION);
		const measured: number[] = [];
		for (let window = 0; window < WINDOWS; window++) {
			await workbench.reload();
			measured.push(await workbench.activationMs(EXTENSION));
		}
		const middle = median(measured);
		return {
			name: `activation in the extension host, median of ${WINDOWS} ÷ ${BOUND_MS} ms`,
			ratio: middle / BOUND_MS,
			bound: 1,
			detail: `${middle} ms, from ${Math.min(...measured)} to ${Math.max(...measured)} ms`,
		};
	} finally {
		await teardown.run();
	}
}
