import { describe, expect, it } from "vitest";
import { pickRows } from "../../../src/extension/monitor/pick-items.js";
import type { NodeProcess } from "../../../src/protocol/index.js";

function node(pid: number, change: Partial<NodeProcess> = {}): NodeProcess {
	return {
		pid,
		parentPid: 1,
		title: `app-${pid}.js`,
		cwd: "/srv/other",
		startedAt: pid,
		rss: 120e6,
		inspector: { kind: "closed" },
		openable: { ok: true },
		...change,
	};
}

describe("pickRows", () => {
	it("puts the workspace's own processes first, the youngest on top", () => {
		const rows = pickRows([node(1), node(2, { cwd: "/work/shop/api" }), node(3, { cwd: "/work/shop" })], ["/work/shop/"]);
		expect(rows.map((row) => (row.kind === "process" ? row.process.pid : row.label))).toEqual([
			"this workspace",
			3,
			2,
			"other Node processes",
			1,
			"elsewhere",
			"$(globe) Enter host:port…",
		]);
	});

	it("does not take a folder with the same beginning for the workspace", () => {
		const [separator] = pickRows([node(1, { cwd: "/work/shop-old" })], ["/work/shop"]);
		expect(separator?.label).toBe("other Node processes");
	});

	it("says whether the inspector is open, and why it cannot be opened", () => {
		const rows = pickRows(
			[
				node(3, { inspector: { kind: "open", host: "127.0.0.1", port: 9229 } }),
				node(2),
				node(1, { openable: { ok: false, reason: "It belongs to another user." } }),
			],
			[],
		).flatMap((row) => (row.kind === "process" ? [row] : []));
		expect(rows.map((row) => row.description)).toEqual([
			"pid 3 · 120 MB · inspector on 127.0.0.1:9229",
			"pid 2 · 120 MB · inspector off",
			"pid 1 · 120 MB · inspector off",
		]);
		expect(rows[2]?.detail).toBe("/srv/other · It belongs to another user.");
		expect(rows[2]?.label).toContain("$(circle-slash)");
	});

	it("offers an address even when nothing runs", () => {
		expect(pickRows([], []).at(-1)?.kind).toBe("address");
	});
});
