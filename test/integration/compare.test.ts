import * as assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { extension, until } from "./support/editing.js";
import { startTarget } from "./support/target.js";

/** Chooses the row that a pick list has in focus: its first one. */
const chooseFirst = () => vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");

/** Runs a command and chooses the first row of what it offers, until something has come of it. */
async function chooseFirstOf<T>(command: string, what: string, outcome: () => T | undefined): Promise<T> {
	const done = vscode.commands.executeCommand(command);
	const value = await until(what, async () => {
		await chooseFirst();
		return outcome();
	});
	await done;
	return value;
}

describe("a session that was recorded", () => {
	let target: Awaited<ReturnType<typeof startTarget>>;
	const monitorApi = async () => (await extension().activate()).monitor;

	before(async () => {
		target = await startTarget();
		const monitor = await monitorApi();
		const received = monitor.received;
		await monitor.attach({ kind: "address", host: "127.0.0.1", port: target.port });
		await until("samples", () => monitor.received > received + 2 || undefined);
	});
	after(async () => {
		(await monitorApi()).detach();
		target.process.kill();
	});

	it("is compared with what was measured up to here, until the baseline is cleared", async () => {
		const monitor = await monitorApi();
		await chooseFirstOf("prismaLeakLens.setBaseline", "a baseline", () => monitor.comparison ?? undefined);
		const compared = await until("a sample after the baseline", () =>
			monitor.comparison?.after === null ? undefined : (monitor.comparison ?? undefined),
		);
		assert.equal(compared.after?.pid, target.process.pid);
		assert.ok(compared.figures.some(({ name, weight }) => name === "rss" && weight === "few"));
		await vscode.commands.executeCommand("prismaLeakLens.clearBaseline");
		assert.equal(monitor.comparison, null);
	});

	it("is opened as a replay, while the session goes on, and left for it", async () => {
		const monitor = await monitorApi();
		const shown = await chooseFirstOf("prismaLeakLens.openRecording", "the replay", () =>
			monitor.shown.kind === "replay" ? monitor.shown : undefined,
		);
		assert.equal(shown.pid, target.process.pid);
		assert.equal(shown.damage, null);
		assert.equal(monitor.state.kind, "live");
		await vscode.commands.executeCommand("prismaLeakLens.leaveReplay");
		assert.equal(monitor.shown.kind, "live");
	});

	it("is shown without what is damaged in it, and says what could not be read", async () => {
		const monitor = await monitorApi();
		monitor.detach();
		const [recording] = await until("the recording", async () => {
			const recorded = await monitor.recordings();
			return recorded[0]?.target.pid === target.process.pid && monitor.state.kind === "detached" ? recorded : undefined;
		});
		assert.ok(recording);
		const folder = monitor.recordingPath(recording.id);
		const [segment] = readdirSync(folder);
		assert.ok(segment);
		const lines = readFileSync(join(folder, segment), "utf8").split("\n");
		lines[0] = lines[0]?.replace("prisma", "prisms") ?? "";
		lines[3] = lines[3]?.replace(/"rss":\d/, '"rss":x') ?? "";
		writeFileSync(join(folder, segment), lines.join("\n"));
		const shown = await chooseFirstOf("prismaLeakLens.openRecording", "the replay", () =>
			monitor.shown.kind === "replay" ? monitor.shown : undefined,
		);
		assert.equal(shown.name, "unnamed process");
		assert.equal(shown.pid, target.process.pid);
		assert.match(shown.damage ?? "", /could not be read\. 2 lines of 000001\.log are damaged, the first of them line 1\.$/);
		await vscode.commands.executeCommand("prismaLeakLens.leaveReplay");
		assert.equal(monitor.shown.kind, "detached");
	});
});
