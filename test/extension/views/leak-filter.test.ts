import { describe, expect, it } from "vitest";
import { describeFilter } from "../../../src/extension/views/filter-text.js";
import { filterLeaks, isFiltering, NO_FILTER } from "../../../src/extension/views/leak-filter.js";
import { leak } from "./leaks.js";

const LEAKS = [
	leak({ file: "src/rooms.ts" }),
	leak({
		file: "src/guests.ts",
		severity: "warning",
		rule: "pool-size",
		title: "Connection pool larger than needed",
		message: "This pool opens up to 20.",
	}),
];
const files = (text: string, severities = NO_FILTER.severities) => filterLeaks(LEAKS, { text, severities }).map(({ file }) => file);

describe("the filter of leaks", () => {
	it("looks for every word in file, rule, title and message", () => {
		expect(files("ROOMS")).toEqual(["src/rooms.ts"]);
		expect(files("pool-size")).toEqual(["src/guests.ts"]);
		expect(files("larger 20")).toEqual(["src/guests.ts"]);
		expect(files("rooms 20")).toEqual([]);
		expect(files("  ")).toHaveLength(2);
	});

	it("takes a word as it is written", () => {
		expect(files("guests.ts")).toEqual(["src/guests.ts"]);
		expect(files("gu.sts")).toEqual([]);
		expect(files("(")).toEqual([]);
	});

	it("keeps the severities chosen", () => {
		expect(files("", ["warning"])).toEqual(["src/guests.ts"]);
		expect(files("rooms", ["warning"])).toEqual([]);
	});

	it("is nothing by default, and says in words what it is", () => {
		expect(isFiltering(NO_FILTER)).toBe(false);
		expect(describeFilter({ text: "rooms", severities: NO_FILTER.severities })).toBe("“rooms”");
		expect(describeFilter({ text: " rooms ", severities: ["error", "warning"] })).toBe("“rooms” in Errors, Warnings");
		expect(describeFilter({ text: "", severities: ["hint"] })).toBe("Hints");
	});
});
