import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ProcessLister } from "../../src/monitor/index.js";
import { Successors } from "../../src/monitor/successor.js";
import type { NodeProcess } from "../../src/protocol/index.js";

const HOUR = 3_600_000;

const processOf = (about: Partial<NodeProcess>): NodeProcess => ({
	pid: 10,
	parentPid: 1,
	title: "server.js",
	cwd: "/app",
	startedAt: Date.now(),
	rss: 1,
	inspector: { kind: "closed" },
	openable: { ok: true },
	...about,
});

describe("what takes an ended process's place", () => {
	let running: NodeProcess[];
	let looks: number[];
	let successors: Successors;

	beforeEach(() => {
		vi.useFakeTimers({ now: 10 * HOUR });
		running = [];
		looks = [];
		const unused = () => Promise.reject(new Error("not asked here"));
		const lister: ProcessLister = {
			list: async () => {
				looks.push(Date.now());
				return running;
			},
			find: unused,
			vitality: unused,
			listeningPorts: unused,
			signalPort: unused,
			signalInspector: () => {},
		};
		successors = new Successors(lister);
	});

	afterEach(() => {
		vi.useRealTimers();
	});

	/** Pid of what follows; `before`: of what was there when it was known. */
	async function next(ended: NodeProcess, isWanted = () => true): Promise<number | null> {
		const found = successors.next(ended, Date.now(), isWanted);
		await vi.advanceTimersByTimeAsync(2 * HOUR);
		return (await found)?.pid ?? null;
	}

	const old = () => processOf({ startedAt: Date.now() - HOUR });

	it("is the same script in the same folder that was started since", async () => {
		running = [
			processOf({ pid: 11, title: "other.js" }),
			processOf({ pid: 12, cwd: "/elsewhere" }),
			processOf({ pid: 13, startedAt: Date.now() - 10_000 }),
			processOf({ pid: 14 }),
		];
		expect(await next(old())).toBe(14);
	});

	it("is waited for until its inspector can be opened", async () => {
		running = [processOf({ pid: 14, openable: { ok: false, reason: "It has no handler yet." } })];
		setTimeout(() => {
			running = [processOf({ pid: 14, startedAt: Date.now() - 3_000 })];
		}, 3_000);
		expect(await next(old())).toBe(14);
	});

	it("is no other code that came with a command line, unless the same parent started it", async () => {
		running = [processOf({ pid: 15, title: "node -e", parentPid: 2 })];
		expect(await next({ ...old(), title: "node -e" })).toBeNull();
		running = [processOf({ pid: 16, title: "node -e", parentPid: 1 })];
		expect(await next({ ...old(), title: "node -e" })).toBe(16);
	});

	it("is given up after ten seconds, and after ten minutes while what started it is there", async () => {
		const begun = Date.now();
		expect(await next(old())).toBeNull();
		expect((looks.at(-1) ?? 0) - begun).toBeLessThan(20_000);
		running = [processOf({ pid: 1, title: "nodemon" })];
		const again = Date.now();
		expect(await next(old())).toBeNull();
		const lasted = (looks.at(-1) ?? 0) - again;
		expect(lasted).toBeGreaterThan(600_000);
		expect(lasted).toBeLessThan(620_000);
	});

	it("is not looked for any more when nobody wants it", async () => {
		running = [processOf({ pid: 14 })];
		expect(await next(old(), () => false)).toBeNull();
		expect(looks).toEqual([]);
	});

	it("is looked for later and later in a crash loop, at most every half minute, and soon again after a long life", async () => {
		const waits: number[] = [];
		for (let life = 0; life < 10; life++) {
			const endedAt = Date.now();
			running = [processOf({ pid: 20 + life })];
			await next(processOf({ pid: 19 + life, startedAt: endedAt - 1_000 }));
			waits.push((looks.at(-1) ?? 0) - endedAt);
		}
		expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000, 30_000]);
		const endedAt = Date.now();
		running = [processOf({ pid: 99 })];
		await next(old());
		expect((looks.at(-1) ?? 0) - endedAt).toBe(500);
	});
});
