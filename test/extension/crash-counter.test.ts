import { describe, expect, it } from "vitest";
import { CrashCounter } from "../../src/extension/analysis/crash-counter.js";

describe("CrashCounter", () => {
	it("starts the server again three times within three minutes, then no more", () => {
		const crashes = new CrashCounter(3);
		expect([0, 1_000, 2_000, 3_000].map((now) => crashes.crashed(now))).toEqual([true, true, true, false]);
	});

	it("lets crashes far apart pass for ever", () => {
		const crashes = new CrashCounter(3);
		for (let minute = 0; minute < 60; minute++) expect(crashes.crashed(minute * 61_000)).toBe(true);
	});

	it("starts from nothing when a person restarts", () => {
		const crashes = new CrashCounter(1);
		crashes.crashed(0);
		expect(crashes.crashed(1)).toBe(false);
		crashes.reset();
		expect(crashes.crashed(2)).toBe(true);
	});
});
