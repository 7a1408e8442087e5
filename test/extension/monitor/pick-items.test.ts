import { describe, expect, it } from "vitest";
import { pickRows } from "../../../src/extension/monitor/pick-items.js";
import type { WatchedThreads } from "../../../src/extension/monitor/sessions.js";
import type { NodeProcess, TargetInfo } from "../../../src/protocol/index.js";

const HOST = { pid: 900, parentPid: 800 };

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

/** A watched process with two threads. */
function threadsOf(who: Pick<TargetInfo, "pid" | "startedAt">): WatchedThreads {
	const target = { ...who, title: "api.js", nodeVersion: "v22.0.0", inspector: "127.0.0.1:9229", openedByUs: false };
	const workers = [
		{ id: 1, title: "mailer" },
		{ id: 4, title: "resize.js" },
	];
	return { target, of: { kind: "address", host: "127.0.0.1", port: 9229 }, workers };
}

describe("pickRows", () => {
	it("puts the workspace's own processes first, the youngest on top", () => {
		const rows = pickRows([node(1), node(2, { cwd: "/work/shop/api" }), node(3, { cwd: "/work/shop" })], [], ["/work/shop/"], HOST);
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
		const [separator] = pickRows([node(1, { cwd: "/work/shop-old" })], [], ["/work/shop"], HOST);
		expect(separator?.label).toBe("other Node processes");
	});

	it("puts the editor's own processes last, and a server started in its terminal where it belongs", () => {
		const cwd = "/work/shop";
		const rows = pickRows(
			[
				node(800, { title: "editor" }),
				node(900, { title: "extension host", parentPid: 800, cwd }),
				node(902, { title: "a language server's child", parentPid: 901, cwd }),
				node(901, { title: "a language server", parentPid: 900, cwd }),
				node(850, { title: "terminal host", parentPid: 800 }),
				node(77, { title: "server.js", parentPid: 851, cwd }),
			],
			[],
			[cwd],
			HOST,
		);
		expect(rows.map((row) => (row.kind === "process" ? row.process.title : row.label))).toEqual([
			"this workspace",
			"server.js",
			"elsewhere",
			"$(globe) Enter host:port…",
			"VS Code and its extensions",
			"editor",
			"extension host",
			"a language server",
			"a language server's child",
			"terminal host",
		]);
	});

	it("puts cluster workers below what started them, the youngest first, wherever that stands by age", () => {
		const rows = pickRows([node(5), node(9, { parentPid: 3 }), node(3), node(4, { parentPid: 3 })], [], [], HOST);
		const shown = rows.flatMap((row) => (row.kind === "process" ? [row] : []));
		expect(shown.map(({ process }) => process.pid)).toEqual([5, 3, 9, 4]);
		expect(shown.map(({ label }) => /^\u2003*/.exec(label)?.[0].length)).toEqual([0, 0, 1, 1]);
		expect(shown[2]?.description).toBe("pid 9 · started by 3 · 120 MB · inspector off");
	});

	it("offers to attach to all that a process started at once, without launchers in between and what cannot be attached to", () => {
		const barred = { openable: { ok: false, reason: "It belongs to another user." } } as const;
		const processes = [
			node(3),
			node(4, { parentPid: 3 }),
			node(5, { parentPid: 4 }),
			node(6, { parentPid: 3 }),
			node(7, { parentPid: 3, ...barred }),
		];
		const rows = pickRows(processes, [], [], HOST);
		const offers = rows.flatMap((row) => (row.kind === "children" ? [row] : []));
		expect(offers).toHaveLength(1);
		expect(offers[0]?.label).toMatch(/^\u2003\$\(server-environment\) All 2 processes of /);
		expect(offers[0]?.processes.map(({ pid }) => pid)).toEqual([6, 5]);
		expect(rows.findIndex(({ kind }) => kind === "children")).toBe(
			rows.findIndex((row) => row.kind === "process" && row.process.pid === 3) + 1,
		);
	});

	it("puts the threads of a process that is watched below it, before what it started", () => {
		const threads = [threadsOf({ pid: 3, startedAt: 3 })];
		const rows = pickRows([node(3), node(4, { parentPid: 3 }), node(5)], [], [], HOST, threads);
		const shown = rows.flatMap((row) => (row.kind === "process" ? [`${row.process.pid}`] : row.kind === "worker" ? [row.description] : []));
		expect(shown).toEqual(["5", "3", "worker 1 of pid 3", "worker 4 of pid 3", "4"]);
	});

	it("puts the threads of a watched process that runs elsewhere under elsewhere, also when a process here has its pid", () => {
		const ofRemote = threadsOf({ pid: 3 });
		const rows = pickRows([node(3)], [], [], HOST, [ofRemote]);
		expect(rows.map((row) => (row.kind === "process" ? row.process.pid : row.kind === "worker" ? row.description : row.label))).toEqual([
			"other Node processes",
			3,
			"elsewhere",
			"worker 1 of api.js (pid 3)",
			"worker 4 of api.js (pid 3)",
			"$(globe) Enter host:port…",
		]);
		expect(rows.find(({ kind }) => kind === "worker")).toMatchObject({ of: ofRemote.of, worker: { id: 1 } });
	});

	it("says whether the inspector is open, and why it cannot be opened", () => {
		const rows = pickRows(
			[
				node(4, { inspector: { kind: "open", host: "127.0.0.1", port: 9229 } }),
				node(3),
				node(2, { openable: { ok: false, reason: "It belongs to another user." } }),
			],
			[],
			[],
			HOST,
		).flatMap((row) => (row.kind === "process" ? [row] : []));
		expect(rows.map((row) => row.description)).toEqual([
			"pid 4 · 120 MB · inspector on 127.0.0.1:9229",
			"pid 3 · 120 MB · inspector off",
			"pid 2 · 120 MB · inspector off",
		]);
		expect(rows[2]?.detail).toBe("/srv/other · It belongs to another user.");
		expect(rows[2]?.label).toContain("$(circle-slash)");
	});

	it("names debug sessions, whose connection is used as it is", () => {
		const rows = pickRows([], [{ id: "1", name: "Launch server" }], [], HOST);
		expect(rows.flatMap((row) => (row.kind === "debugSession" ? [row.label] : []))).toEqual(["$(debug) Debug session: Launch server"]);
	});

	it("offers an address even when nothing runs", () => {
		expect(pickRows([], [], [], HOST).at(-1)?.kind).toBe("address");
	});
});
