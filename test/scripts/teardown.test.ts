import { describe, expect, it } from "vitest";
import { Teardown } from "../../scripts/lib/teardown.js";

describe("Teardown", () => {
	it("ends the last started first, each once", async () => {
		const ended: string[] = [];
		const teardown = new Teardown();
		for (const name of ["database", "server", "load"]) teardown.own(name, (thing) => void ended.push(thing));
		await Promise.all([teardown.run(), teardown.run()]);
		expect(ended).toEqual(["load", "server", "database"]);
	});

	it("goes on after an ending that fails", async () => {
		const ended: string[] = [];
		const teardown = new Teardown();
		teardown.own("database", (thing) => void ended.push(thing));
		teardown.own("server", () => Promise.reject(new Error("already gone")));
		await teardown.run();
		expect(ended).toEqual(["database"]);
	});
});
