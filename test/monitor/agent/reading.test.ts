import { runInThisContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { IDENTIFY, isIdentity } from "../../../src/monitor/agent/identity.js";
import { isReading, takeReading } from "../../../src/monitor/agent/reading.js";

const evaluate = (expression: string): unknown => JSON.parse(JSON.stringify(runInThisContext(expression)));

describe("what is evaluated in the target", () => {
	it("gives a reading that its guard accepts, with and without a lease", () => {
		for (const openedByUs of [false, true]) {
			const reading = evaluate(takeReading(openedByUs));
			expect(isReading(reading)).toBe(true);
			expect(reading).toMatchObject({ pid: process.pid });
		}
	});

	it("gives an identity that its guard accepts", () => {
		const identity = evaluate(IDENTIFY);
		expect(isIdentity(identity)).toBe(true);
		expect(identity).toMatchObject({ pid: process.pid, version: process.version });
	});

	it("leaves nothing behind", () => {
		const before = Reflect.ownKeys(globalThis).length;
		evaluate(takeReading(true));
		expect(Reflect.ownKeys(globalThis)).toHaveLength(before);
	});

	it.each([
		null,
		{},
		[],
		"reading",
		{ pid: -1, memory: {}, cpu: 0, uptime: 0, sockets: null },
		{ pid: 1, memory: { rss: Number.NaN, heapTotal: 1, heapUsed: 1, external: 1, arrayBuffers: 1 }, cpu: 0, uptime: 0, sockets: null },
	])("refuses %j", (garbage) => {
		expect(isReading(garbage)).toBe(false);
	});
});
