import { describe, expect, it } from "vitest";
import { parseCommand } from "../../src/cli/monitor-command.js";
import { fleetLines } from "../../src/cli/monitor-table.js";
import { UsageError } from "../../src/cli/usage.js";
import { sampleOf } from "../monitor/samples.js";

const cells = (line: string | undefined) => line?.trim().split(/\s+/) ?? [];

describe("the table of several processes", () => {
	it("has a line for each and one for their sum", () => {
		const t = Date.now();
		const [head, first, second, sum] = fleetLines([
			sampleOf({ t, pid: 11, external: 10, native: 80, old: 30, connections: 2 }),
			sampleOf({ t, pid: 12, external: 20, native: 40, old: 10, connections: 3 }),
		]);
		expect(cells(head)[0]).toBe("pid");
		expect([cells(first)[0], cells(second)[0], cells(sum)[0]]).toEqual(["11", "12", "sum"]);
		expect(cells(first).slice(2)).toEqual(["140", "35.0", "10.0", "90.0", "10", "2", "127.0.0.1:5432", "2"]);
		expect(cells(second).slice(2)).toEqual(["110", "15.0", "20.0", "60.0", "10", "3", "127.0.0.1:5432", "3"]);
		expect(cells(sum).slice(2)).toEqual(["250", "50.0", "30.0", "150", "20", "5", "127.0.0.1:5432", "5"]);
	});

	it("counts what threads share once, and names a thread by its process and number", () => {
		const main = sampleOf({ t: 1, pid: 11, external: 10, native: 80, old: 30 });
		const [, , worker, sum] = fleetLines([main, { ...main, worker: 3 }]);
		expect(cells(worker)[0]).toBe("11/3");
		expect(cells(sum)[2]).toBe("140");
		expect(cells(sum)[3]).toBe("70.0");
	});

	it("shows no sum of cpu while one is not known", () => {
		const lines = fleetLines([sampleOf({ t: 1, pid: 11 }), { ...sampleOf({ t: 1, pid: 12 }), cpu: null }]);
		expect(cells(lines[3])[6]).toBe("–");
	});
});

describe("the command line of monitor", () => {
	it("takes several processes, each once", async () => {
		const { targets } = await parseCommand(["--pid", "11", "--pid", "12", "--pid", "11"]);
		expect(targets).toEqual([11, 12].map((pid) => ({ kind: "pid", pid, mayOpenInspector: true })));
	});

	it("watches threads when asked to", async () => {
		expect(await parseCommand(["--pid", "11"])).toMatchObject({ workers: false });
		expect(await parseCommand(["--pid", "11", "--workers"])).toMatchObject({ workers: true });
		await expect(parseCommand(["--pid", "1", "--workers", "--prometheus", "0"])).rejects.toThrow(UsageError);
		await expect(parseCommand(["--pid", "1", "--workers", "--heap-profile", "1"])).rejects.toThrow(UsageError);
	});

	it("refuses metrics of several processes on one port, and an address beside a process", async () => {
		await expect(parseCommand(["--pid", "1", "--pid", "2", "--prometheus", "0"])).rejects.toThrow(UsageError);
		await expect(parseCommand(["--pid", "1", "--attach", "127.0.0.1:9229"])).rejects.toThrow(UsageError);
	});
});
