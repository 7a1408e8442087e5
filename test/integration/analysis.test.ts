import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import { answering } from "./support/dialogs.js";
import { findings, openFile, revert, until } from "./support/editing.js";

const SECOND_CLIENT = `import { PrismaClient } from "../../generated/prisma/client.js";
export const second = new PrismaClient({ adapter: undefined as never });
`;

describe("analysis", () => {
	it("starts again when its process dies, and still knows what was not saved", async () => {
		const document = await openFile("src/routes/hotels.ts");
		const edit = new vscode.WorkspaceEdit();
		edit.insert(document.uri, new vscode.Position(0, 0), SECOND_CLIENT);
		await vscode.workspace.applyEdit(edit);
		try {
			await findings(document, "multiple-clients");
			const first = await until("the server's process", serverPid);
			process.kill(first, "SIGKILL");
			await until("another process", () => {
				const pid = serverPid();
				return pid === first ? undefined : pid;
			});
			await until("findings taken back or told again", () => (vscode.languages.getDiagnostics(document.uri).length > 0 ? true : undefined));
			const [finding] = await findings(document, "multiple-clients");
			assert.equal(finding?.range.start.line, 1);
		} finally {
			await revert(document);
		}
	});

	it("stays off after too many crashes, until a person starts it again", async () => {
		const document = await openFile("src/routes/rooms.ts");
		const said: unknown[] = [];
		const says = (...shown: readonly unknown[]) => void said.push(shown);
		await answering("showErrorMessage", says, async () => {
			const crashes = 4;
			for (let crash = 1; crash <= crashes; crash++) {
				const pid = serverPid();
				if (pid === undefined) break;
				assert.deepEqual(said, []);
				process.kill(pid, "SIGKILL");
				await until("the end of the process, or another one", async () => {
					await sleep(1_000);
					return serverPid() !== pid || undefined;
				});
			}
			await sleep(2_000);
		});
		assert.equal(serverPid(), undefined);
		assert.deepEqual(said, [
			["The analysis of Prisma leaks has ended several times within a few minutes and stays off.", "Restart analysis", "Show log"],
		]);
		assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
		await vscode.commands.executeCommand("prismaLeakLens.restartAnalysis");
		assert.ok((await findings(document, "multiple-clients")).length > 0);
	});

	it("opens a rule's page from its diagnostic as rendered Markdown", async () => {
		const document = await openFile("src/routes/rooms.ts");
		const [finding] = await findings(document, "multiple-clients");
		assert.ok(typeof finding?.code === "object");
		await vscode.commands.executeCommand("vscode.open", finding.code.target);
		const input = await until("the page's tab", () => vscode.window.tabGroups.activeTabGroup.activeTab?.input ?? undefined);
		assert.ok(input instanceof vscode.TabInputCustom, "The page opened as text.");
		assert.equal(input.viewType, "vscode.markdown.preview.editor");
		await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
	});

	it("follows a folder that is moved outside of the editor", async () => {
		const document = await openFile("src/routes/rooms.ts");
		await findings(document, "multiple-clients");
		const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
		const here = join(root, "src/moved-from");
		const there = join(root, "src/moved-to");
		const known = (folder: string) => vscode.languages.getDiagnostics(vscode.Uri.file(join(folder, "extra.ts"))).length;
		await mkdir(here);
		await writeFile(join(here, "extra.ts"), SECOND_CLIENT);
		try {
			await until("the finding in the new folder", () => known(here) > 0 || undefined);
			await rename(here, there);
			await until("the finding in the moved folder", () => (known(there) > 0 && known(here) === 0) || undefined);
		} finally {
			await rm(here, { recursive: true, force: true });
			await rm(there, { recursive: true, force: true });
		}
	});

	it("uses the singleton everywhere, once a person has ticked it in the preview", async () => {
		const documents = [await openFile("src/routes/guests.ts"), await openFile("src/routes/rooms.ts")];
		for (const document of documents) await findings(document, "multiple-clients");
		const before = documents.map((document) => document.getText());
		const source = join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "", "src");
		const backup = await mkdtemp(join(tmpdir(), "leak-lens-sources-"));
		await cp(source, backup, { recursive: true });
		const done = answering(
			"showInformationMessage",
			(message) => (String(message).endsWith("?") ? "Preview Each Change" : undefined),
			async () => vscode.commands.executeCommand("prismaLeakLens.useSingletonEverywhere"),
		);
		try {
			await sleep(2_000);
			assert.deepEqual(
				documents.map((document) => document.getText()),
				before,
			);
			for (const command of ["groupByType", "focus"]) await vscode.commands.executeCommand(`refactorPreview.${command}`);
			await vscode.commands.executeCommand("list.focusFirst");
			for (const command of ["toggleCheckedState", "apply"]) await vscode.commands.executeCommand(`refactorPreview.${command}`);
			await done;
			for (const document of documents) {
				assert.doesNotMatch(document.getText(), /new PrismaClient/);
				await until("no finding", () => vscode.languages.getDiagnostics(document.uri).length === 0 || undefined);
			}
		} finally {
			// What was applied from a preview is on disk already.
			await cp(backup, source, { recursive: true });
			await rm(backup, { recursive: true });
			for (const document of documents) await revert(document);
		}
	});

	it("checks the workspace on command", async () => {
		await vscode.commands.executeCommand("prismaLeakLens.checkWorkspace");
		const document = await openFile("src/routes/reports.ts");
		assert.ok((await findings(document, "client-per-call")).length > 0);
	});
});

/** The language server: a child of this extension host that runs dist/server.js. */
function serverPid(): number | undefined {
	const rows = execFileSync("ps", ["-A", "-ww", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
	for (const row of rows) {
		const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
		if (Number(parent) === process.pid && command?.includes("server.js") && command.includes("--node-ipc")) return Number(pid);
	}
	return undefined;
}
