import { setFlagsFromString } from "node:v8";
import { runInNewContext, runInThisContext } from "node:vm";
import { afterEach, describe, expect, it } from "vitest";
import { countCollections } from "../../../src/monitor/agent/collections.js";
import { IDENTIFY, isIdentity } from "../../../src/monitor/agent/identity.js";
import { AGENT_KEY } from "../../../src/monitor/agent/in-target.js";
import { enter, leave, renew } from "../../../src/monitor/agent/lease.js";
import { measureLoop } from "../../../src/monitor/agent/loop.js";
import { isReading, prepareReading, readingOf, takeReading } from "../../../src/monitor/agent/reading.js";
import { install } from "../../../src/monitor/agent/resident.js";
import { EventLoopProbe } from "../../../src/monitor/probes/event-loop.js";

const evaluate = (expression: string): unknown => {
	const json = JSON.stringify(runInThisContext(expression));
	return json === undefined ? undefined : JSON.parse(json);
};
setFlagsFromString("--expose-gc");

const attach = (holder: string) => {
	evaluate(enter(holder));
	evaluate(prepareReading(holder));
};

/** What one sample is made of; null while the agent is not there. */
const take = (holder: string) => readingOf(runInThisContext(takeReading(holder)));

const isThere = () => evaluate(`${AGENT_KEY} in globalThis`);

describe("what is evaluated in the target", () => {
	afterEach(() => {
		evaluate(leave("first"));
		evaluate(leave("second"));
	});

	it("gives an identity that its guard accepts", () => {
		const identity = evaluate(IDENTIFY);
		expect(isIdentity(identity)).toBe(true);
		expect(identity).toMatchObject({ pid: process.pid, version: process.version });
	});

	it("gives a reading that its guard accepts while the agent is there, and none without", async () => {
		expect(take("first")).toBeNull();
		attach("first");
		expect(take("second")).toBeNull();
		expect(take("first")).toMatchObject({ pid: process.pid, loopDelay: null });
		evaluate(measureLoop("first"));
		await expect.poll(() => take("first")).toMatchObject({ loopDelay: { count: expect.any(Number) } });
		const reading = take("first");
		expect(isReading(reading)).toBe(true);
		expect(reading).toMatchObject({
			heap: { spaces: expect.arrayContaining([{ name: "old_space", size: expect.any(Number), used: expect.any(Number) }]) },
		});
	});

	it("sees how late the event loop was", async () => {
		attach("first");
		evaluate(measureLoop("first"));
		const probe = new EventLoopProbe();
		const next = () => {
			const reading = take("first");
			if (reading === null) throw new Error("It is no reading.");
			return probe.next(reading);
		};
		next();
		const until = performance.now() + 400;
		while (performance.now() < until) next();
		await new Promise((resolve) => setTimeout(resolve, 20));
		const { delay, utilization } = next();
		expect(delay?.max).toBeGreaterThan(300);
		expect(utilization).toBeGreaterThan(0);
	});

	it("counts collections of the whole heap, and no others", async () => {
		attach("first");
		evaluate(countCollections("first"));
		const collect = runInNewContext("gc");
		const counted = () => {
			const reading = take("first");
			return reading?.fullCollections ?? null;
		};
		await new Promise((resolve) => setTimeout(resolve, 20));
		const before = counted() ?? 0;
		collect();
		collect();
		await expect.poll(counted).toBe(before + 2);
		collect({ type: "minor" });
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(counted()).toBe(before + 2);
	});

	it("leaves nothing behind", () => {
		const before = Reflect.ownKeys(globalThis);
		take("first");
		expect(Reflect.ownKeys(globalThis)).toEqual(before);
		evaluate(enter("first"));
		evaluate(measureLoop("first"));
		expect(isThere()).toBe(true);
		evaluate(leave("first"));
		expect(Reflect.ownKeys(globalThis)).toEqual(before);
	});

	it("stays for a second monitor when the first one leaves", () => {
		evaluate(enter("first"));
		evaluate(enter("second"));
		evaluate(leave("first"));
		expect(isThere()).toBe(true);
		evaluate(leave("second"));
		expect(isThere()).toBe(false);
	});

	it("removes itself when nobody renews its lease", async () => {
		evaluate(`(${install(200, 50)}, ${renew("first")})`);
		for (let round = 0; round < 8; round++) {
			await new Promise((resolve) => setTimeout(resolve, 50));
			evaluate(renew("first"));
		}
		expect(isThere()).toBe(true);
		await expect.poll(isThere, { timeout: 3_000 }).toBe(false);
	});

	it.each([null, {}, [], "reading", { pid: -1 }])("refuses %j", (garbage) => {
		expect(isReading(garbage)).toBe(false);
	});

	it("refuses a reading with a part of another shape", () => {
		attach("first");
		const reading = take("first");
		if (reading === null) throw new Error("It is no reading.");
		expect(isReading({ ...reading, memory: { ...reading.memory, rss: Number.NaN } })).toBe(false);
		expect(isReading({ ...reading, resources: [{ kind: "k".repeat(101), count: 1 }] })).toBe(false);
		expect(isReading({ ...reading, sockets: [{ address: "::1", port: 1, count: 1, localPorts: [0] }] })).toBe(false);
	});

	it.each([undefined, null, 7, {}, "", "not json", "{}", "[]"])("finds no reading in %j", (answer) => {
		expect(readingOf(answer)).toBeNull();
	});
});
