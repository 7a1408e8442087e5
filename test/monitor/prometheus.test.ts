import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { METRIC_NAMES, PrometheusExporter } from "../../src/monitor/index.js";
import type { Judgement, Sample } from "../../src/protocol/index.js";
import { sampleOf } from "./samples.js";

const durations = { avg: 20, p50: 10, p95: 40, p99: 50, max: 60 };
const FULL: Sample = {
	...sampleOf({ t: 1 }),
	connections: [
		{
			endpoint: '127.0.0.1:5432"\\',
			kind: "database",
			process: 3,
			kernel: 4,
			pool: { total: 4, idle: 1, waiting: 2, max: 10 },
			database: { active: 1, idle: 2, idleInTransaction: 1, other: 0, oldestTransaction: 4_000 },
		},
	],
	clients: { live: 14, created: 20 },
	queries: {
		count: 5,
		perSecond: 5,
		duration: durations,
		statements: 5,
		statementDuration: durations,
		slowCount: 1,
		slow: [],
		errors: [{ code: "P2028", count: 2 }],
	},
	transactions: { open: 1, ages: [10], ended: 2, duration: durations },
	eventLoop: { delay: durations, utilization: 0.4 },
};
const JUDGEMENT: Judgement = {
	alerts: [{ subject: "connections", since: 1, message: "", cause: "", rules: [] }],
	trends: [{ measure: "native", kind: "rising", rate: { perMinute: 3e6, low: 2e6, high: 4e6 }, since: 1 }],
	warm: true,
};

/** What a Prometheus server reads: samples by name and labels. Throws for a line that is none of the text format's. */
function parse(text: string): Map<string, number> {
	const values = new Map<string, number>();
	const families = new Set<string>();
	let family = "";
	for (const line of text.trimEnd().split("\n")) {
		const head = /^# (HELP|TYPE) (\w+) (.+)$/.exec(line);
		if (head) {
			family = head[2] ?? "";
			if (head[1] === "HELP" && families.has(family)) throw new Error(`${family} comes twice.`);
			families.add(family);
			if (head[1] === "TYPE") expect(["gauge", "counter"]).toContain(head[3]);
			continue;
		}
		const [, name = "", labels = "", value] = /^(\w+)((?:\{(?:\w+="(?:[^"\\\n]|\\[\\"n])*",?)+\})?) (-?[\d.e+-]+)$/.exec(line) ?? [];
		expect(name, line).toBe(family);
		values.set(name + labels, Number(value));
	}
	return values;
}

describe("the exporter", () => {
	it("serves every metric it names, and no other, in Prometheus' text format", () => {
		const exporter = new PrometheusExporter();
		exporter.next(FULL, JUDGEMENT);
		const values = parse(exporter.text(true));
		const names = new Set([...values.keys()].map((key) => key.replace(/\{.*/, "")));
		expect([...names].sort()).toEqual([...METRIC_NAMES].sort());
		expect(values.get('prisma_leak_lens_memory_external_bytes{pid="1"}')).toBe(10_000_000);
		expect(values.get('prisma_leak_lens_query_duration_seconds{pid="1",stat="p95"}')).toBe(0.04);
		expect(values.get('prisma_leak_lens_connections{pid="1",endpoint="127.0.0.1:5432\\"\\\\",kind="database",view="kernel"}')).toBe(4);
		expect(values.get('prisma_leak_lens_leak_bytes_per_minute{pid="1",measure="native"}')).toBe(3e6);
	});

	it("counts up over samples", () => {
		const exporter = new PrometheusExporter();
		for (let n = 0; n < 3; n++) exporter.next(FULL);
		const values = parse(exporter.text(true));
		expect(values.get('prisma_leak_lens_queries_total{pid="1"}')).toBe(15);
		expect(values.get('prisma_leak_lens_query_errors_total{pid="1",code="P2028"}')).toBe(6);
	});

	it("leaves out what is not measured, and everything of a process that is gone", () => {
		const exporter = new PrometheusExporter();
		expect(exporter.text(true)).toMatch(/prisma_leak_lens_up 1/);
		exporter.next(sampleOf({ t: 1 }));
		expect(exporter.text(true)).not.toContain("clients");
		expect([...parse(exporter.text(false))]).toEqual([["prisma_leak_lens_up", 0]]);
	});
});

interface Dashboard {
	readonly panels: readonly {
		readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
		readonly targets: readonly unknown[];
	}[];
}

describe("the Grafana dashboard", () => {
	const dashboard: Dashboard = JSON.parse(readFileSync(join(import.meta.dirname, "../../docs/grafana-dashboard.json"), "utf8"));
	const expressions = [...JSON.stringify(dashboard).matchAll(/"(?:expr|query)":"((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) => text);

	it("asks for the metrics that are served, all of them, and for no other", () => {
		const asked = new Set(expressions.flatMap((text) => text.match(/prisma_leak_lens_\w+/g) ?? []));
		expect([...asked].sort()).toEqual([...METRIC_NAMES].sort());
	});

	it("places its panels side by side, each with a query", () => {
		expect(dashboard).toMatchObject({ title: "Prisma Leak Lens", schemaVersion: expect.any(Number), panels: expect.any(Array) });
		const cells = new Set<string>();
		for (const { gridPos, targets } of dashboard.panels) {
			expect(targets.length).toBeGreaterThan(0);
			expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
			for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
				for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
					expect(cells.has(`${x} ${y}`)).toBe(false);
					cells.add(`${x} ${y}`);
				}
		}
	});
});
