import { describe, expect, it } from "vitest";
import { BUCKET_MS, HISTORY_LIMIT, isHistorySnapshot, KEPT_MS, RAW_LIMIT, type Sample, SampleHistory } from "../../src/protocol/index.js";

function sample(t: number, rss = 100e6, connections = 0, pid = 1): Sample {
	return {
		t,
		pid,
		memory: { rss, heapTotal: 50e6, heapUsed: 40e6, external: 5e6, arrayBuffers: 1e6, outsideHeap: rss - 50e6, native: rss - 55e6 },
		connections: [{ endpoint: "127.0.0.1:5432", kind: "database", process: connections, kernel: connections }],
		cpu: null,
	};
}

describe("SampleHistory", () => {
	it("stays bounded over two days at 1 Hz and forgets what is older than a day", () => {
		const history = new SampleHistory();
		const seconds = 2 * 24 * 3600;
		for (let second = 0; second < seconds; second += 1)
			history.push(sample(second * 1000, 100e6 + (second % 977) * 1e3, second % 13), false);
		const { samples, received } = history.snapshot();
		expect(received).toBe(seconds);
		expect(samples.length).toBeLessThanOrEqual(HISTORY_LIMIT);
		expect(samples[0]?.t).toBeGreaterThanOrEqual(seconds * 1000 - KEPT_MS - BUCKET_MS);
		expect(samples.at(-1)?.t).toBe((seconds - 1) * 1000);
		expect(samples.every((one, i) => i === 0 || one.t > (samples[i - 1]?.t ?? 0))).toBe(true);
		expect(isHistorySnapshot(JSON.parse(JSON.stringify(history.snapshot())))).toBe(true);
	});

	it("keeps the peaks of rss and of connections when it thins", () => {
		const history = new SampleHistory();
		for (let second = 0; second < RAW_LIMIT * 2; second += 1)
			history.push(sample(second * 1000, second === 100 ? 900e6 : 100e6, second === 130 ? 40 : 2), false);
		const samples = history.between(0, 300_000);
		expect(Math.max(...samples.map((one) => one.memory.rss))).toBe(900e6);
		expect(Math.max(...samples.map((one) => one.connections[0]?.kernel ?? 0))).toBe(40);
		expect(samples.length).toBeLessThan(30);
	});

	it("keeps the peaks of what else is drawn, and leaves long lists out of old samples", () => {
		const history = new SampleHistory();
		for (let second = 0; second < RAW_LIMIT * 2; second += 1) {
			const base = sample(second * 1000);
			const open = second === 77 ? 9 : 1;
			history.push(
				{ ...base, transactions: { open, ages: [], ended: 0, duration: null }, resources: [{ kind: "Timeout", count: 3 }] },
				false,
			);
		}
		const old = history.between(0, 300_000).filter(({ t }) => t <= 300_000);
		expect(Math.max(...old.map(({ transactions }) => transactions?.open ?? 0))).toBe(9);
		expect(old.some(({ resources }) => resources !== undefined)).toBe(false);
		expect(history.latest?.resources).toHaveLength(1);
	});

	it("comes back from its snapshot and goes on", () => {
		const history = new SampleHistory();
		for (let second = 0; second < 5000; second += 1) history.push(sample(second * 1000), second === 4000);
		const restored = SampleHistory.restore(history.snapshot());
		expect(restored.snapshot()).toEqual(history.snapshot());
		restored.push(sample(5000_000), true);
		expect(restored.breaks).toEqual([4000_000, 5000_000]);
		expect(restored.received).toBe(5001);
	});

	it("counts from the first sample of each process, or from the chosen one", () => {
		const history = new SampleHistory();
		history.push(sample(1000, 1e6), false);
		history.push(sample(2000, 2e6), false);
		expect(history.baseline?.t).toBe(1000);
		history.setBaseline(sample(2000, 2e6));
		history.push(sample(3000, 3e6), false);
		expect(history.baseline?.t).toBe(2000);
		history.resetBaseline();
		expect(history.baseline?.t).toBe(1000);
		history.push(sample(4000, 1e6, 0, 2), true);
		expect(history.baseline?.t).toBe(4000);
		history.push(sample(5000, 1e6, 0, 2), false);
		history.resetBaseline();
		expect(history.baseline?.t).toBe(4000);
	});

	it("gives a window with one sample on either side", () => {
		const history = new SampleHistory();
		for (let second = 0; second < 100; second += 1) history.push(sample(second * 1000), false);
		expect(history.between(10_000, 12_000).map((one) => one.t)).toEqual([9_000, 10_000, 11_000, 12_000]);
		expect(history.between(10_500, 11_500).map((one) => one.t)).toEqual([10_000, 11_000, 12_000]);
	});

	it("drops the samples of a time yet to come when the clock is set back", () => {
		const history = new SampleHistory();
		for (let second = 0; second < 100; second += 1) history.push(sample(second * 1000), false);
		history.push(sample(50_500), false);
		expect(
			history
				.snapshot()
				.samples.map((one) => one.t)
				.slice(-2),
		).toEqual([50_000, 50_500]);
	});
});
