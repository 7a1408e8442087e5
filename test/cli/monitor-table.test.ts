import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { parseCommand } from "../../src/cli/monitor-command.js";
import { fitting, screenLines } from "../../src/cli/monitor-screen.js";
import { fleetLines } from "../../src/cli/monitor-table.js";
import { UsageError } from "../../src/cli/usage.js";
import { PROFILES, thresholdsOf } from "../../src/config/index.js";
import type { Alert } from "../../src/protocol/index.js";
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

describe("the live table of one process", () => {
	const thresholds = thresholdsOf(PROFILES.production);
	const alert: Alert = {
		subject: "connections",
		since: 1,
		message: "13 database connections are open; the limit is 5.",
		cause: "More than one PrismaClient is the usual cause. An inventory counts those that are alive.",
		rules: [],
	};

	it.each([80, 200])("tells every word of an alert on %i columns, and cuts no line", (columns) => {
		const judgement = { alerts: [alert], trends: [], warm: true };
		const lines = screenLines(sampleOf({ t: 1, pid: 11 }), judgement, thresholds, columns);
		expect(fitting(lines, { columns, rows: 60 })).toEqual(lines);
		const words = lines
			.slice(lines.indexOf("") + 1)
			.join(" ")
			.replace(/ +/g, " ");
		expect(words).toContain(`${alert.message} ${alert.cause}`);
	});

	it("is no higher than the terminal: what has scrolled away cannot be drawn over", () => {
		const lines = Array.from({ length: 40 }, (_, line) => `line ${line}`);
		expect(fitting(lines, { columns: 6, rows: 4 })).toEqual(["line ", "line ", "line "]);
	});
});

describe("the command line of monitor", () => {
	it("lists the Node processes of this machine when it is given none", async () => {
		const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
		try {
			const problem = parseCommand([]).then(
				() => "",
				(error: unknown) => String(error),
			);
			expect(await problem).toMatch(new RegExp(`Say which process: .* These Node processes run here:[^]*\\n +${child.pid}  `));
		} finally {
			child.kill();
		}
	});

	it("takes a port of this machine for an address, and says of an endpoint that it is none", async () => {
		const { targets } = await parseCommand(["--attach", "9229"]);
		expect(targets).toEqual([{ kind: "address", host: "127.0.0.1", port: 9229 }]);
		await expect(parseCommand(["--pid", "1", "--database", "nowhere"])).rejects.toThrow("--database is HOST:PORT or a port");
	});

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
