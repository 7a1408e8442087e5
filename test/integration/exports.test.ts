import * as assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { isRecord, isSample } from "../../src/protocol/index.js";
import { answering, chooseBelow, chooseFirst } from "./support/dialogs.js";
import { extension, until } from "./support/editing.js";
import { startTarget } from "./support/target.js";

const folder = mkdtempSync(join(tmpdir(), "leak-lens-exports-"));

/** Runs `command`, chooses in its pick lists until it is done, and saves where a person would: gives the path and the proposed name. */
async function saved(
	command: string,
	choices: readonly (() => Promise<void>)[],
): Promise<{ readonly path: string; readonly proposed: string }> {
	let proposed = "";
	const save = (options: unknown) => {
		assert.ok(isRecord(options) && options.defaultUri instanceof vscode.Uri);
		proposed = options.defaultUri.path.slice(options.defaultUri.path.lastIndexOf("/") + 1);
		return vscode.Uri.file(join(folder, proposed));
	};
	await answering("showSaveDialog", save, () =>
		// It tells where it saved, and waits for an answer to that.
		answering(
			"showInformationMessage",
			() => undefined,
			async () => {
				const done = vscode.commands.executeCommand(command);
				for (const choose of choices) {
					await new Promise((resolve) => setTimeout(resolve, 1_000));
					await choose();
				}
				await done;
			},
		),
	);
	return { path: join(folder, proposed), proposed };
}

describe("what is exported", () => {
	after(() => rmSync(folder, { recursive: true }));

	it("is a recording, as JSON lines or as CSV", async () => {
		const { monitor } = await extension().activate();
		const target = await startTarget();
		try {
			const before = monitor.received;
			await monitor.attach({ kind: "address", host: "127.0.0.1", port: target.port });
			await until("three samples", () => monitor.received >= before + 3 || undefined);
			monitor.detach();
			await until("the recording", async () => (await monitor.recordings())[0]?.target.pid === target.process.pid || undefined);
			const lines = await saved("prismaLeakLens.recordings", [chooseFirst, chooseBelow(1)]);
			assert.match(lines.proposed, /\.jsonl$/);
			const samples = readFileSync(lines.path, "utf8").trim().split("\n").map(parse).filter(isSample);
			assert.ok(samples.length >= 3);
			assert.ok(samples.every(({ pid, memory }) => pid === target.process.pid && memory.rss > 1e6));
			const table = await saved("prismaLeakLens.recordings", [chooseFirst, chooseBelow(2)]);
			assert.match(table.proposed, /\.csv$/);
			const [head = "", ...rows] = readFileSync(table.path, "utf8").trim().split(/\r?\n/);
			assert.match(head, /rss/);
			assert.equal(rows.length, samples.length);
		} finally {
			target.process.kill();
		}
	});

	it("is the leak report, as a page with charts", async () => {
		const { path, proposed } = await saved("prismaLeakLens.createReport", [chooseBelow(1)]);
		assert.equal(proposed, "leak-report.html");
		const page = readFileSync(path, "utf8");
		assert.match(page, /^<!doctype html>/i);
		assert.match(page, /client-per-call/);
		assert.doesNotMatch(page, /<script/);
	});

	it("is nothing when the dialog is left", async () => {
		const said: unknown[] = [];
		await answering(
			"showSaveDialog",
			() => undefined,
			() =>
				answering(
					"showInformationMessage",
					(message) => void said.push(message),
					async () => {
						const done = vscode.commands.executeCommand("prismaLeakLens.createReport");
						await new Promise((resolve) => setTimeout(resolve, 1_000));
						await chooseBelow(1)();
						await done;
					},
				),
		);
		assert.deepEqual(said, []);
	});
});

function parse(line: string): unknown {
	return JSON.parse(line);
}
