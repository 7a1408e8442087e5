import { PROFILES, thresholdsOf } from "../../../src/config/index.js";
import { MonitorController } from "../../../src/extension/monitor/controller.js";
import type { MonitorEvents, MonitorPort, SessionPort } from "../../../src/extension/monitor/port.js";
import { MonitorSessions } from "../../../src/extension/monitor/sessions.js";
import type { NodeProcess, Sample } from "../../../src/protocol/index.js";

export const thresholds = thresholdsOf(PROFILES.production);
export const options = { intervalMs: 1000, databaseEndpoints: [], slowQueryMs: 5_000, allowRemote: false };

export function sample(t: number, pid = 1): Sample {
	const memory = { rss: 100e6, heapTotal: 50e6, heapUsed: 40e6, external: 5e6, arrayBuffers: 1e6, outsideHeap: 50e6, native: 45e6 };
	return { t, pid, memory, connections: [], cpu: null };
}

/** A session of the port that records in `asked` what it is asked. */
function sessionPort(asked: string[]): SessionPort {
	return {
		attach: () => asked.push("attach"),
		detach: () => asked.push("detach"),
		setDatabaseUrl: (url) => asked.push(`url ${url}`),
		setLevel: (level, on) => asked.push(`${level} ${on}`),
		profileHeap: async () => ({ kind: "failed", message: "Nothing is attached." }),
		readNativeMemory: async () => ({ kind: "failed", message: "Nothing is attached." }),
		note: ({ t, text }) => asked.push(`note ${t} ${text}`),
		workers: async () => [{ id: 1, title: "mailer" }],
		close: () => asked.push("close"),
	};
}

/** A controller on a port that records what it is asked, and the events the port may raise. */
export function controllerOnPort() {
	const asked: string[] = [];
	const raised: MonitorEvents[] = [];
	const controller = new MonitorController(
		(events) => {
			raised.push(events);
			return sessionPort(asked);
		},
		() => undefined,
	);
	const [events] = raised;
	if (events === undefined) throw new Error("the controller did not connect");
	const attach = () => controller.attach({ kind: "pid", pid: 1, mayOpenInspector: false }, options, thresholds);
	return { controller, events, asked, attach };
}

/** Sessions on such a port, and the events that the port may raise, session by session. */
export function sessionsOnPort(processes: readonly NodeProcess[] = []) {
	const asked: string[] = [];
	const raised: MonitorEvents[] = [];
	const port: MonitorPort = {
		list: async () => processes,
		open: (events) => {
			raised.push(events);
			return sessionPort(asked);
		},
		dispose: async () => {
			asked.push("dispose");
		},
	};
	const sessions = new MonitorSessions(port, () => undefined);
	const eventsOf = (index: number): MonitorEvents => {
		const events = raised[index];
		if (events === undefined) throw new Error(`session ${index} was not opened`);
		return events;
	};
	const attach = (controller: MonitorController) =>
		controller.attach({ kind: "pid", pid: 1, mayOpenInspector: false }, options, thresholds);
	return { sessions, asked, eventsOf, attach };
}

/** The state of a session that watches process `pid`. */
export function live(pid: number) {
	const target = {
		pid,
		title: `worker-${pid}.js`,
		identity: `${pid}@1`,
		nodeVersion: "v22.0.0",
		inspector: "127.0.0.1:9230",
		openedByUs: true,
	};
	return { kind: "live", target, since: 0 } as const;
}
