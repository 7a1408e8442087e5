import { afterEach, describe, expect, it } from "vitest";
import { IDENTIFY } from "../../../src/monitor/agent/identity.js";
import { UnlistedProcesses } from "../../../src/monitor/discovery/unlisted.js";
import { MonitorSession } from "../../../src/monitor/index.js";
import { targetId } from "../../../src/monitor/inspector/endpoint-list.js";
import type { Sample, SessionState } from "../../../src/protocol/index.js";
import { type FakeInspector, type Lies, startFakeInspector } from "./fake-inspector.js";

const IDENTITY = { pid: 4242, version: "v20.0.0", argv: ["node", "server.js"], cwd: "/" };
const MEMORY = { rss: 5, heapTotal: 2, heapUsed: 1, external: 1, arrayBuffers: 0 };
const HEAP = { limit: 9, available: 9, malloced: 0, nativeContexts: 1, detachedContexts: 0, spaces: [] };
const READING = {
	pid: 4242,
	memory: MEMORY,
	cpu: 1,
	uptime: 1,
	sockets: [],
	heap: HEAP,
	loop: { idle: 1, active: 1 },
	loopDelay: null,
	fullCollections: null,
	resources: [],
	inventory: null,
	trace: null,
	sites: null,
};

/** Answers who it is truthfully enough, and a reading as told: a text of JSON. */
const afterIdentity = (reading: () => unknown) => (expression: string) =>
	expression === IDENTIFY
		? IDENTITY
		: expression.includes(`reading for`) && !expression.includes("memoryUsage")
			? JSON.stringify(reading())
			: true;

describe("an inspector that lies", () => {
	const states: SessionState[] = [];
	const samples: Sample[] = [];
	const session = new MonitorSession(new UnlistedProcesses("test"), {
		state: (state) => states.push(state),
		sample: (sample) => samples.push(sample),
		levels: () => {},
	});
	let fake: FakeInspector;

	afterEach(async () => {
		await session.dispose();
		await fake.close();
		states.length = 0;
		samples.length = 0;
	});

	async function attachTo(lies: Lies): Promise<void> {
		fake = await startFakeInspector(lies);
		const options = { intervalMs: 250, databaseEndpoints: [], slowQueryMs: 5_000, allowRemote: false };
		await session.attach({ kind: "address", host: "127.0.0.1", port: fake.port }, options);
	}

	const untilError = () => expect.poll(() => states.at(-1), { timeout: 10_000 }).toMatchObject({ kind: "error" });

	it("is believed while it behaves, as the control", async () => {
		await attachTo({ evaluate: afterIdentity(() => READING) });
		await expect.poll(() => samples.length).toBeGreaterThan(1);
		expect(samples[0]).toMatchObject({ pid: 4242, memory: { ...MEMORY, outsideHeap: 3, native: 2 }, connections: [] });
	});

	it("does not say who it is", async () => {
		await attachTo({ evaluate: () => ({ pid: "4242" }) });
		expect(states.at(-1)).toMatchObject({ kind: "error", message: expect.stringContaining("not a Node process") });
	});

	it("does not answer", async () => {
		await attachTo({});
		expect(states.at(-1)).toMatchObject({ kind: "error", message: expect.stringContaining("does not answer") });
	}, 10_000);

	it("reports another process than it said it was", async () => {
		await attachTo({ evaluate: afterIdentity(() => ({ ...READING, pid: 1 })) });
		await untilError();
		expect(samples).toEqual([]);
	});

	it("reports garbage", async () => {
		await attachTo({ evaluate: afterIdentity(() => ({ ...READING, memory: { ...MEMORY, rss: "much" } })) });
		await untilError();
		expect(samples).toEqual([]);
	});

	it("sends a message of 100 MB", async () => {
		await attachTo({ evaluate: afterIdentity(() => "x".repeat(100_000_000)) });
		await untilError();
		expect(states.at(-1)).toMatchObject({ message: expect.stringContaining("does not behave like a Node inspector") });
	}, 20_000);

	it("sends what is no JSON", async () => {
		await attachTo({
			evaluate: afterIdentity(() => READING),
			onConnection: (socket) => setTimeout(() => socket.send("not json"), 300),
		});
		await untilError();
	});

	it("floods us with notifications", async () => {
		const flood = JSON.stringify({ method: "Runtime.consoleAPICalled", params: {} });
		await attachTo({
			evaluate: afterIdentity(() => READING),
			onConnection: (socket) =>
				setTimeout(() => {
					for (let at = 0; at < 1_000; at++) socket.send(flood);
				}, 300),
		});
		await untilError();
	});

	it("redirects without end", async () => {
		await attachTo({ respond: (response) => response.writeHead(302, { Location: "/json/list" }).end() });
		expect(states.at(-1)).toMatchObject({ kind: "error", message: expect.stringContaining("No inspector answers") });
	});

	it("redirects whoever connects, without end", async () => {
		await attachTo({ evaluate: afterIdentity(() => READING), redirectsSockets: true });
		expect(states.at(-1)).toMatchObject({ kind: "error", message: expect.stringContaining("did not take the connection") });
	});

	it("lists its targets a byte at a time, without end", async () => {
		let drip: NodeJS.Timeout | undefined;
		await attachTo({
			respond: (response) => {
				drip = setInterval(() => response.write(" "), 50);
			},
		});
		clearInterval(drip);
		expect(states.at(-1)).toMatchObject({ kind: "error", message: expect.stringContaining("No inspector answers") });
	}, 10_000);

	it.each([
		"",
		"null",
		"{}",
		"[null, 3]",
		'[{"id":"../x","webSocketDebuggerUrl":"ws://x"}]',
		'[{"id":7,"webSocketDebuggerUrl":"ws://x"}]',
		"x".repeat(1_000_000),
	])("lists no target (%#)", async (list) => {
		await attachTo({ list });
		expect(states.at(-1)).toMatchObject({ kind: "error", message: expect.stringContaining("No inspector answers") });
		expect(targetId(list)).toBeNull();
	});
});
