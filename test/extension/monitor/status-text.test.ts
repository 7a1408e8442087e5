import { expect, it } from "vitest";
import { consentFor } from "../../../src/extension/monitor/consent.js";
import { dashboardPage } from "../../../src/extension/monitor/html.js";
import { statusOfAll, statusText } from "../../../src/extension/monitor/status-text.js";
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
	expect(statusText({ kind: "live", target, since: 0 }, sample)?.text).toBe("$(pulse) server.js: 178 MB · 12 conn");
});

it("is hidden while nothing is attached, and says every other state in words", () => {
	expect(statusText({ kind: "idle" }, undefined)).toBeNull();
	expect(statusText({ kind: "gone", target, at: 0, reason: "The process ended." }, sample)?.text).toBe("$(circle-slash) server.js is gone");
	expect(statusText({ kind: "detached", target, at: 0 }, sample)?.text).toBe("$(debug-disconnect) Detached");
	expect(statusText({ kind: "silent", target, since: 0, reason: "Blocked." }, sample)?.text).toContain("does not answer");
});

it("sums several up, and names each with its figures", () => {
	const worker = { ...target, pid: 8, title: "worker.js" };
	const both = statusOfAll([
		{ state: { kind: "live", target, since: 0 }, latest: sample },
		{ state: { kind: "silent", target: worker, since: 0, reason: "Blocked." }, latest: { ...sample, pid: 8 } },
		{ state: { kind: "gone", target, at: 0, reason: "The process ended." }, latest: sample },
	]);
	expect(both?.text).toBe("$(pulse) 2 processes · 357 MB · 24 conn");
	expect(both?.tooltip.split("\n").slice(1)).toEqual(["server.js (pid 7): 178 MB · 12 conn", "worker.js (pid 8) does not answer"]);
});

it("speaks of the one that is attached, and of the last one when none is", () => {
	const gone = { kind: "gone", target, at: 0, reason: "The process ended." } as const;
	const connecting = { kind: "connecting", step: "Looking" } as const;
	expect(
		statusOfAll([
			{ state: gone, latest: sample },
			{ state: connecting, latest: undefined },
		])?.text,
	).toContain("Attaching");
	expect(statusOfAll([{ state: gone, latest: sample }])?.text).toContain("server.js is gone");
	expect(statusOfAll([{ state: { kind: "idle" }, latest: undefined }])).toBeNull();
});

it("asks with all there is to know before an inspector is opened", () => {
	const { message, detail } = consentFor([{ pid: 7, title: "server.js" }], "linux");
	expect(message).toContain("server.js (pid 7)");
	const facts = ["SIGUSR1", "127.0.0.1", "closed again when you detach"];
	for (const fact of facts) expect(detail).toContain(fact);
	const workers = [8, 9].map((pid) => ({ pid, title: "worker.js" }));
	const several = consentFor(workers, "linux");
	expect(several.message).toBe("Open the inspectors of 2 processes?");
	for (const fact of [...facts, "worker.js (pid 8), worker.js (pid 9)"]) expect(several.detail).toContain(fact);
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
