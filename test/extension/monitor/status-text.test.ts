import { expect, it } from "vitest";
import { consentFor } from "../../../src/extension/monitor/consent.js";
import { dashboardPage } from "../../../src/extension/monitor/html.js";
import { statusText } from "../../../src/extension/monitor/status-text.js";
import type { Sample } from "../../../src/protocol/index.js";

const target = { pid: 7, title: "server.js", nodeVersion: "v20.20.2", inspector: "127.0.0.1:9229", openedByUs: true };
const sample: Sample = {
	t: 1,
	pid: 7,
	memory: { rss: 178_400_000, heapTotal: 59e6, heapUsed: 40e6, external: 5e6, arrayBuffers: 1e6, outsideHeap: 119e6, native: 114e6 },
	connections: [
		{ endpoint: "127.0.0.1:5432", kind: "database", process: 12, kernel: 12 },
		{ endpoint: "127.0.0.1:6379", kind: "other", process: 2, kernel: 2 },
	],
	cpu: null,
};

it("shows rss and database connections while live", () => {
	expect(statusText({ kind: "live", target, since: 0 }, sample)?.text).toBe("$(pulse) 178 MB · 12 conn");
});

it("is hidden while nothing is attached, and says every other state in words", () => {
	expect(statusText({ kind: "idle" }, undefined)).toBeNull();
	expect(statusText({ kind: "gone", target, at: 0, reason: "The process ended." }, sample)?.text).toBe("$(circle-slash) server.js is gone");
	expect(statusText({ kind: "detached", target, at: 0 }, sample)?.text).toBe("$(debug-disconnect) Detached");
	expect(statusText({ kind: "silent", target, since: 0, reason: "Blocked." }, sample)?.text).toContain("does not answer");
});

it("asks with all there is to know before an inspector is opened", () => {
	const process = { pid: 7, parentPid: 1, title: "server.js", cwd: null, startedAt: null, rss: null } as const;
	const { message, detail } = consentFor({ ...process, inspector: { kind: "closed" }, openable: { ok: true } }, "linux");
	expect(message).toContain("server.js (pid 7)");
	for (const fact of ["SIGUSR1", "127.0.0.1", "closed again when you detach"]) expect(detail).toContain(fact);
});

it("refuses everything on the page but its own script and style sheet", () => {
	const html = dashboardPage({
		cspSource: "https://x.test",
		nonce: "abc",
		scriptUri: "https://x.test/a.js",
		styleUri: "https://x.test/a.css",
	});
	expect(html).toContain("default-src 'none'; style-src https://x.test 'nonce-abc'; font-src https://x.test; script-src 'nonce-abc'\"");
	expect(html).not.toMatch(/ on[a-z]+=|unsafe-inline|unsafe-eval/);
});
