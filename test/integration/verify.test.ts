import * as assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { isRecord } from "../../src/protocol/index.js";
import { answering, chooseFirst } from "./support/dialogs.js";
import { extension, until } from "./support/editing.js";
import { startTarget } from "./support/target.js";

/** The load lasts a minute. */
const TIMEOUT_MS = 180_000;

/** A server that counts what it is asked, and says where it listens. */
const SERVER = `const { createServer } = require("node:http");
const { writeFileSync } = require("node:fs");
let asked = 0;
const server = createServer((request, response) => {
	asked += 1;
	writeFileSync(process.argv[3], String(asked));
	response.end("free rooms: 3");
});
server.listen(0, "127.0.0.1", () => writeFileSync(process.argv[2], String(server.address().port)));
`;

describe("Verify under load", () => {
	const folder = mkdtempSync(join(tmpdir(), "leak-lens-verify-"));
	const script = join(folder, "server.cjs");
	const portFile = join(folder, "port");
	const askedFile = join(folder, "asked");

	before(() => writeFileSync(script, SERVER));
	after(async () => {
		rmSync(folder, { recursive: true });
		await vscode.commands.executeCommand("workbench.action.closeAllEditors");
	});

	it("asks a server of this machine, once a person has agreed, and reports what was measured", async function () {
		this.timeout(TIMEOUT_MS);
		const { monitor } = await extension().activate();
		const target = await startTarget([script, portFile, askedFile]);
		try {
			const port = await until("the server's port", () => (existsSync(portFile) ? readFileSync(portFile, "utf8") : undefined));
			await monitor.attach({ kind: "address", host: "127.0.0.1", port: target.port });
			await until("a sample", () => monitor.received > 0 || undefined);
			const url = `http://127.0.0.1:${port}/rooms`;
			const agreed: string[] = [];
			const complaints: unknown[] = [];
			await answering(
				"showErrorMessage",
				(message) => void complaints.push(message),
				() =>
					answering(
						"showInputBox",
						(options) => typed(options, url),
						() =>
							answering("showWarningMessage", agreeTo(agreed), async () => {
								const done = vscode.commands.executeCommand("prismaLeakLens.verify");
								const answered = Promise.resolve(done).then(() => true);
								// What was recorded by other tests is offered to compare with.
								while (!(await Promise.race([answered, chosen()])));
							}),
					),
			);
			assert.deepEqual(complaints, []);
			assert.equal(agreed.length, 1);
			assert.match(agreed[0] ?? "", new RegExp(`^Send load to ${url}\\? 10 connections, at most 100 requests a second for 60 s`));
			const report = await until("the report", () => {
				const shown = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "prisma-leak-report")?.getText();
				return shown?.includes("Load while") ? shown : undefined;
			});
			const [, requests] = /Load while it was recorded: ([\d,]+) requests in 1\smin 0[0-2]\ss, of which 0 failed/.exec(report) ?? [];
			assert.ok(requests, `the report says: ${report.slice(0, 1_500)}`);
			const counted = Number(readFileSync(askedFile, "utf8"));
			assert.ok(counted >= 1_000, `${counted} requests arrived`);
			assert.ok(Math.abs(counted - Number(requests.replace(",", ""))) <= 20, `${requests} reported, ${counted} arrived`);
			assert.match(report, new RegExp(`pid ${target.process.pid}\\b`));
		} finally {
			monitor.detach();
			target.process.kill();
			await until("nothing is attached", () => monitor.state.kind !== "live" || undefined);
		}
	});

	it("offers to attach first when nothing is attached", async () => {
		const said: unknown[] = [];
		const says = (...shown: readonly unknown[]) => void said.push(...shown);
		await answering("showInformationMessage", says, async () => vscode.commands.executeCommand("prismaLeakLens.verify"));
		assert.match(String(said[0]), /^Nothing is attached/);
		assert.equal(said[1], "Attach memory monitor");
	});
});

/** What a person types; another machine is refused on the way. */
async function typed(options: unknown, url: string): Promise<string> {
	assert.ok(isRecord(options) && typeof options.validateInput === "function");
	assert.match(String(await options.validateInput("http://192.0.2.1/")), /is another machine/);
	assert.equal(await options.validateInput(url), null);
	return url;
}

function agreeTo(agreed: string[]): (...asked: readonly unknown[]) => unknown {
	return (question, options, ...answers) => {
		assert.ok(isRecord(options) && options.modal === true);
		agreed.push(`${question} ${options.detail}`);
		return answers.find((answer) => answer === "Send");
	};
}

async function chosen(): Promise<false> {
	await new Promise((resolve) => setTimeout(resolve, 500));
	await chooseFirst();
	return false;
}
