import { DarwinProcesses } from "./darwin.js";
import { LinuxProcesses } from "./linux.js";
import type { ProcessLister } from "./lister.js";
import { UnlistedProcesses } from "./unlisted.js";
import { WindowsProcesses } from "./windows.js";

export { SPARE_PORTS } from "./inspector-ports.js";
export type { ProcessLister, Vitality } from "./lister.js";
export { processTitle } from "./title.js";

export function createProcessLister(platform: NodeJS.Platform = process.platform): ProcessLister {
	switch (platform) {
		case "linux":
			return new LinuxProcesses();
		case "darwin":
			return new DarwinProcesses();
		case "win32":
			return new WindowsProcesses();
		default:
			return new UnlistedProcesses(platform);
	}
}
