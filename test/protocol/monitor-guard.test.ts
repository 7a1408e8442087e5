import { describe, expect, it } from "vitest";
import {
	isMonitorEvent,
	isMonitorRequest,
	type MonitorEvent,
	type MonitorRequest,
	type SessionEvent,
	type SessionRequest,
} from "../../src/protocol/index.js";

const options = { intervalMs: 1000, databaseEndpoints: ["localhost:5432"], slowQueryMs: 5_000, allowRemote: false };
const target = { pid: 7, title: "server.js", nodeVersion: "v20.20.2", inspector: "127.0.0.1:9230", openedByUs: true };
const memory = { rss: 3, heapTotal: 1, heapUsed: 1, external: 1, arrayBuffers: 0, outsideHeap: 2, native: 1 };
const sample = { t: 1, pid: 7, memory, connections: [{ endpoint: "h:1", kind: "database", process: null, kernel: 2 }], cpu: null } as const;

const asked = (request: SessionRequest): MonitorRequest => ({ type: "session", session: 1, request });
const told = (event: SessionEvent): MonitorEvent => ({ type: "session", session: 1, event });

const REQUESTS: readonly MonitorRequest[] = [
	{ type: "list", id: 1 },
	asked({ type: "attach", target: { kind: "pid", pid: 7, mayOpenInspector: true }, options }),
	asked({ type: "attach", target: { kind: "address", host: "localhost", port: 9229 }, options }),
	asked({ type: "attach", target: { kind: "debugSession", host: "127.0.0.1", port: 9229, path: "a1b2" }, options }),
	asked({ type: "detach" }),
	asked({ type: "attach", target: { kind: "address", host: "localhost", port: 9229, path: "0b8d-4" }, options }),
	asked({ type: "level", level: "trace", on: true }),
	asked({ type: "databaseUrl", url: "postgresql://u:p@h/d" }),
	asked({ type: "databaseUrl", url: null }),
	asked({ type: "nativeMemory", id: 2 }),
	asked({ type: "attach", target: { kind: "worker", worker: 3, of: { kind: "pid", pid: 7, mayOpenInspector: true } }, options }),
	asked({ type: "workers", id: 3 }),
	asked({ type: "close" }),
];

const EVENTS: readonly MonitorEvent[] = [
	{ type: "listFailed", id: 1, message: "no" },
	told({ type: "state", state: { kind: "live", target: { ...target, startedAt: 5 }, since: 1 } }),
	{
		type: "processes",
		id: 1,
		processes: [
			{
				pid: 7,
				parentPid: 0,
				title: "t",
				cwd: null,
				startedAt: null,
				rss: 1,
				inspector: { kind: "open", host: "::1", port: 1 },
				openable: { ok: true },
			},
			{
				pid: 8,
				parentPid: 7,
				title: "t",
				cwd: "/",
				startedAt: 1,
				rss: null,
				inspector: { kind: "closed" },
				openable: { ok: false, reason: "no" },
			},
		],
	},
	told({ type: "state", state: { kind: "idle" } }),
	told({ type: "state", state: { kind: "connecting", step: "…" } }),
	told({ type: "state", state: { kind: "live", target, since: 1 } }),
	told({ type: "state", state: { kind: "silent", target, since: 1, reason: "stopped" } }),
	told({ type: "state", state: { kind: "gone", target, at: 1, reason: "ended" } }),
	told({ type: "state", state: { kind: "gone", target, at: 1, reason: "ended", successorPid: 9 } }),
	told({ type: "state", state: { kind: "detached", target, at: 1 } }),
	told({ type: "state", state: { kind: "error", message: "m", action: "a" } }),
	told({ type: "state", state: { kind: "error", message: "m", action: "a", detail: "d" } }),
	told({ type: "sample", sample }),
	told({ type: "state", state: { kind: "live", target: { ...target, worker: { id: 3, title: "mailer" } }, since: 1 } }),
	told({ type: "sample", sample: { ...sample, worker: 3 } }),
	told({ type: "workers", id: 3, workers: [{ id: 3, title: "mailer" }] }),
	told({ type: "levels", levels: [] }),
	told({
		type: "nativeMemory",
		id: 2,
		outcome: { kind: "memory", memory: { pid: 7, t: 1, parts: [{ kind: "malloc", rss: 2, own: 1, mappings: 1 }] } },
	}),
	told({ type: "nativeMemory", id: 2, outcome: { kind: "failed", message: "no" } }),
	told({ type: "levels", levels: [{ level: "inventory", status: "off", price: "The process stops for about 0.2 s.", until: null }] }),
];

describe("messages to and from the monitor process", () => {
	it.each(REQUESTS)("takes the request %j", (request) => {
		expect(isMonitorRequest(request)).toBe(true);
	});

	it.each(EVENTS)("takes the event %j", (event) => {
		expect(isMonitorEvent(event)).toBe(true);
	});

	it.each([
		null,
		undefined,
		7,
		"list",
		[],
		{},
		{ type: "list" },
		{ type: "list", id: -1 },
		{ type: "kill", id: 1 },
		{ type: "detach" },
		{ type: "session", session: -1, request: { type: "detach" } },
		{ type: "session", request: { type: "detach" } },
		{ type: "session", session: 1, request: { type: "list", id: 1 } },
		{ type: "session", session: 1 },
	])("refuses the request %j", (request) => {
		expect(isMonitorRequest(request)).toBe(false);
	});

	it.each([
		{ type: "level", level: "everything", on: true },
		{ type: "level", level: "trace" },
		{ type: "attach", target: { kind: "worker", worker: 0, of: { kind: "pid", pid: 7, mayOpenInspector: true } }, options },
		{ type: "attach", target: { kind: "worker", worker: 1, of: { kind: "worker", worker: 2, of: {} } }, options },
		{ type: "databaseUrl", url: "u".repeat(4_097) },
		{ type: "attach", target: { kind: "address", host: "h", port: 1, path: "a?b" }, options },
		{ type: "attach", target: { kind: "address", host: "h", port: 1, path: "//other/x" }, options },
		{ type: "attach", target: { kind: "debugSession", host: "h", port: 1, path: "/a" }, options },
		{ type: "attach", target: { kind: "debugSession", host: "h", port: 1 }, options },
		{ type: "attach", target: { kind: "pid", pid: 0, mayOpenInspector: true }, options },
		{ type: "attach", target: { kind: "pid", pid: 7, mayOpenInspector: "yes" }, options },
		{ type: "attach", target: { kind: "address", host: "h", port: 65_536 }, options },
		{ type: "attach", target: { kind: "address", host: "h".repeat(256), port: 1 }, options },
		{ type: "attach", target: { kind: "pid", pid: 7, mayOpenInspector: true }, options: { ...options, intervalMs: 1 } },
		{
			type: "attach",
			target: { kind: "pid", pid: 7, mayOpenInspector: true },
			options: { ...options, databaseEndpoints: Array(101).fill("h:1") },
		},
	])("refuses to ask a session for %j", (request) => {
		expect(isMonitorRequest({ type: "session", session: 1, request })).toBe(false);
	});

	it.each([
		null,
		{ type: "state" },
		{ type: "state", state: { kind: "dead" } },
		{ type: "state", state: { kind: "live", target: { ...target, pid: 1.5 }, since: 1 } },
		{ type: "state", state: { kind: "error", message: "m".repeat(2_001), action: "a" } },
		{ type: "state", state: { kind: "gone", target, at: 1, reason: "ended", successorPid: "9" } },
		{ type: "sample", sample: { ...sample, memory: { ...memory, rss: Number.NaN } } },
		{ type: "sample", sample: { ...sample, memory: { ...memory, rss: "3" } } },
		{ type: "sample", sample: { ...sample, connections: Array(1_001).fill(sample.connections[0]) } },
		{ type: "sample", sample: { ...sample, connections: [{ ...sample.connections[0], endpoint: "h".repeat(301) }] } },
	])("refuses an event of another shape (%#)", (event) => {
		expect(isMonitorEvent(event)).toBe(false);
		expect(isMonitorEvent({ type: "session", session: 1, event })).toBe(false);
	});
});
