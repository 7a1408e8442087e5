import { PROFILES, thresholdsOf } from "../../../src/config/index.js";
import { MonitorController } from "../../../src/extension/monitor/controller.js";
import type { ConnectMonitor, MonitorEvents } from "../../../src/extension/monitor/port.js";
import type { Sample } from "../../../src/protocol/index.js";

export const thresholds = thresholdsOf(PROFILES.production);
export const options = { intervalMs: 1000, databaseEndpoints: [], slowQueryMs: 5_000, allowRemote: false };

export function sample(t: number, pid = 1): Sample {
	const memory = { rss: 100e6, heapTotal: 50e6, heapUsed: 40e6, external: 5e6, arrayBuffers: 1e6, outsideHeap: 50e6, native: 45e6 };
	return { t, pid, memory, connections: [], cpu: null };
}

/** A controller on a port that records what it is asked, and the events the port may raise. */
export function controllerOnPort() {
	const asked: string[] = [];
	const raised: MonitorEvents[] = [];
	const connect: ConnectMonitor = (events) => {
		raised.push(events);
		return {
			list: async () => [],
			attach: () => asked.push("attach"),
			detach: () => asked.push("detach"),
			setDatabaseUrl: (url) => asked.push(`url ${url}`),
			setLevel: (level, on) => asked.push(`${level} ${on}`),
			profileHeap: async () => ({ kind: "failed", message: "Nothing is attached." }),
			readNativeMemory: async () => ({ kind: "failed", message: "Nothing is attached." }),
			dispose: async () => {
				asked.push("dispose");
			},
		};
	};
	const controller = new MonitorController(connect, () => undefined);
	const [events] = raised;
	if (events === undefined) throw new Error("the controller did not connect");
	const attach = () => controller.attach({ kind: "pid", pid: 1, mayOpenInspector: false }, options, thresholds);
	return { controller, events, asked, attach };
}
