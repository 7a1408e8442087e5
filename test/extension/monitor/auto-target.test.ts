import { describe, expect, it } from "vitest";
import { autoTarget, isFree } from "../../../src/extension/monitor/auto-target.js";
import type { NodeProcess, TargetInfo } from "../../../src/protocol/index.js";

const NOW = 1_000_000;
const HOST = { pid: 900, parentPid: 800 };

function node(pid: number, change: Partial<NodeProcess> = {}): NodeProcess {
	return {
		pid,
		parentPid: 1,
		title: "server.js",
		cwd: "/work/shop",
		startedAt: NOW - 10_000 + pid,
		rss: 1,
		inspector: { kind: "closed" },
		openable: { ok: true },
		...change,
	};
}

const chosen = (processes: readonly NodeProcess[], declined: readonly NodeProcess[] = []) =>
	autoTarget(processes, ["/work/shop"], HOST, declined, NOW)?.pid ?? null;

describe("what is attached to without being asked", () => {
	it("is the youngest process of the workspace's folders", () => {
		expect(chosen([node(1), node(3, { cwd: "/work/shop/api" }), node(2), node(4, { cwd: "/work/shop-old" })])).toBe(3);
	});

	it("is what a launcher started, not the launcher", () => {
		expect(chosen([node(5, { title: "tsx watch", startedAt: NOW - 4_000 }), node(3, { parentPid: 5 })])).toBe(3);
	});

	it.each<[string, Partial<NodeProcess>]>([
		["runs elsewhere", { cwd: "/srv" }],
		["cannot be attached to", { openable: { ok: false, reason: "It belongs to another user." } }],
		["has only just started", { startedAt: NOW - 1_000 }],
		["is the editor's own", { parentPid: 900 }],
		["started nobody knows when", { startedAt: null }],
	])("is none that %s", (_, change) => {
		expect(chosen([node(7, change)])).toBeNull();
	});

	it("is none that was watched before, but another one with its pid", () => {
		expect(chosen([node(7)], [node(7)])).toBeNull();
		expect(chosen([node(7, { startedAt: NOW - 5_000 })], [node(7)])).toBe(7);
	});

	it("is nothing while something is watched, or its restart is waited for", () => {
		const target: TargetInfo = { pid: 1, title: "server.js", nodeVersion: "v22.0.0", inspector: "127.0.0.1:9230", openedByUs: true };
		expect(isFree({ kind: "live", target, since: 0 }, NOW)).toBe(false);
		expect(isFree({ kind: "connecting", step: "Looking" }, NOW)).toBe(false);
		expect(isFree({ kind: "gone", target, at: NOW - 5_000, reason: "The process ended." }, NOW)).toBe(false);
		expect(isFree({ kind: "gone", target, at: NOW - 60_000, reason: "The process ended." }, NOW)).toBe(true);
		expect(isFree({ kind: "idle" }, NOW)).toBe(true);
	});
});
