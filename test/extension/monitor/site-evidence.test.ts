import { describe, expect, it } from "vitest";
import { reportSites } from "../../../src/extension/monitor/site-evidence.js";
import type { EvidenceParams } from "../../../src/protocol/index.js";
import { controllerOnPort, sample } from "./port.js";

const made = (created: number, file = "/app/a.ts") => ({ file, line: 3, column: 1, caller: null, mapped: true, created, live: created });

function setUp() {
	const { controller, events, attach } = controllerOnPort();
	const reports: EvidenceParams[] = [];
	const stop = reportSites(controller, (params) => reports.push(params));
	attach();
	const show = (t: number, ...sites: ReturnType<typeof made>[]) => events.sample({ ...sample(t), clients: { live: 1, created: 1, sites } });
	return { controller, events, reports, stop, show };
}

describe("where the process makes clients is reported", () => {
	it("at once, then when counts changed and five seconds have passed, and at once for another site", () => {
		const { reports, show } = setUp();
		show(1_000, made(1));
		show(2_000, made(2));
		show(6_500, made(2));
		show(7_500, made(2));
		show(8_000, made(2), made(1, "/app/b.ts"));
		expect(reports.map(({ at, sites }) => [at, sites.map(({ created }) => created)])).toEqual([
			[1_000, [1]],
			[6_500, [2]],
			[8_000, [2, 1]],
		]);
	});

	it("and taken back once when the data is cleared; nothing is said of a process without sites", () => {
		const { controller, events, reports, show, stop } = setUp();
		events.sample(sample(500));
		controller.clear();
		expect(reports).toEqual([]);
		show(1_000, made(1));
		controller.clear();
		controller.clear();
		expect(reports.map(({ sites }) => sites.length)).toEqual([1, 0]);
		stop();
		show(9_000, made(4));
		expect(reports).toHaveLength(2);
	});
});
