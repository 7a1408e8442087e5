import { describe, expect, it } from "vitest";
import { levelItems } from "../../../src/extension/monitor/level-items.js";

describe("levelItems", () => {
	it("says what a level costs before it is turned on, and that turning it off leaves nothing", () => {
		const items = levelItems([
			{ level: "inventory", status: "off", price: "The process stops for about 0.4 s.", until: null },
			{ level: "trace", status: "on", price: "Each operation takes longer.", until: null },
		]);
		expect(items).toMatchObject([
			{ level: "inventory", on: true, detail: "Turn on. The process stops for about 0.4 s." },
			{ level: "trace", on: false, detail: "Turn off. The process is left as it was before." },
		]);
		expect(items[0]?.description).toMatch(/^off · live PrismaClients/);
	});

	it("offers a level that failed once more, and says why it failed", () => {
		const [item] = levelItems([{ level: "trace", status: "failed", price: "p", note: "Out of reach.", until: null }]);
		expect(item).toMatchObject({ on: true, description: "failed · Out of reach." });
	});
});
