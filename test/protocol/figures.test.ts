import { describe, expect, it } from "vitest";
import {
	bytes,
	bytesChange,
	changeInUnit,
	clock,
	count,
	countChange,
	cpu,
	duration,
	rangeInUnit,
	roundBytes,
} from "../../src/protocol/index.js";

describe("bytes", () => {
	it.each([
		[0, "0 B"],
		[999, "999 B"],
		[1_000, "1.00 kB"],
		[178_400_000, "178 MB"],
		[53_960_000, "54.0 MB"],
		[3_214_000, "3.21 MB"],
		[9_996_000, "10.0 MB"],
		[99_960_000, "100 MB"],
		[999_600_000, "1.00 GB"],
		[1.53e12, "1.53 TB"],
		[-2_000_000, "\u22122.00 MB"],
	])("%d is %s", (value, text) => expect(bytes(value)).toBe(text));

	it("never shows more than three significant digits", () => {
		for (let value = 1; value < 1e14; value *= 1.037) expect(bytes(value).replace(/\D/g, "").length).toBeLessThanOrEqual(3);
	});
});

describe("roundBytes", () => {
	it.each([
		[0, "0"],
		[50_000_000, "50 MB"],
		[2_500_000, "2.5 MB"],
		[1_250_000, "1.25 MB"],
		[100_000_000, "100 MB"],
		[20_000_000_000, "20 GB"],
	])("%d is %s", (value, text) => expect(roundBytes(value)).toBe(text));
});

describe("figures of any unit", () => {
	it("read as their unit does, changes with their sign", () => {
		expect(changeInUnit(-9_200_000, "bytes")).toBe("\u22129.20 MB");
		expect(changeInUnit(7, "count")).toBe("+7");
		expect(changeInUnit(-1.5, "milliseconds")).toBe("\u22121.50 ms");
		expect(changeInUnit(0, "milliseconds")).toBe("±0 ms");
	});

	it("say a range once where both ends read the same", () => {
		expect(rangeInUnit({ low: 170_100_000, high: 181_000_000 }, "bytes")).toBe("170 MB to 181 MB");
		expect(rangeInUnit({ low: 170_100_000, high: 170_200_000 }, "bytes")).toBe("170 MB");
	});
});

describe("changes", () => {
	it("carry their sign, and say when there is none to speak of", () => {
		expect(bytesChange(12_340_000)).toBe("+12.3 MB");
		expect(bytesChange(-12_340_000)).toBe("\u221212.3 MB");
		expect(bytesChange(-20_000)).toBe("±0 MB");
		expect(countChange(3)).toBe("+3");
		expect(countChange(-3)).toBe("\u22123");
		expect(countChange(0)).toBe("±0");
	});
});

describe("other figures", () => {
	it("say a dash where nothing was measured", () => {
		expect(count(null)).toBe("–");
		expect(cpu(null)).toBe("–");
	});

	it("have their units", () => {
		expect(cpu(0.0654)).toBe("6.5 %");
		expect(cpu(1.532)).toBe("153 %");
		expect(count(12_345)).toBe("12,345");
		expect(duration(34_000)).toBe("34 s");
		expect(duration(245_000)).toBe("4 min 05 s");
		expect(duration(3 * 3_600_000 + 120_000)).toBe("3 h 02 min");
		expect(clock(new Date(2026, 2, 4, 9, 5, 7).getTime())).toBe("09:05:07");
	});
});
