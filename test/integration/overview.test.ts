import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { findings, openFile, until } from "./support/editing.js";

const textOf = (content: vscode.MarkdownString | vscode.MarkedString): string => (typeof content === "string" ? content : content.value);

describe("hovers and code lenses", () => {
	it("show every setting of a client's pool, with the sum and its source", async () => {
		const document = await openFile("src/services/availability.ts");
		const at = document.positionAt(document.getText().indexOf("new PrismaClient") + 6);
		const text = await until("the hover", async () => {
			const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>("vscode.executeHoverProvider", document.uri, at);
			return hovers.flatMap(({ contents }) => contents.map(textOf)).find((content) => content.includes("Pool of up to 20 connections"));
		});
		assert.match(text, /\| `max` \| 20 \| 10 \| ≤ 3 \|/);
		assert.match(text, /measured on Prisma 7/);
	});

	it("lead from the shared client to the files that import it", async () => {
		const document = await openFile("src/lib/prisma.ts");
		const lens = await until("the lens", async () => {
			const lenses = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 10);
			return lenses.find(({ command }) => command?.title.startsWith("shared by "));
		});
		assert.ok(lens.command);
		await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
		await vscode.commands.executeCommand("closeReferenceSearch");
	});
});

describe("the tree of leaks", () => {
	it("opens from the status bar's command, and groups and filters", async () => {
		await findings(await openFile("src/routes/rooms.ts"), "multiple-clients");
		for (const command of ["showLeaks", "groupLeaksByPackage", "groupLeaksByFile", "groupLeaksByRule", "clearLeakFilter"]) {
			await vscode.commands.executeCommand(`prismaLeakLens.${command}`);
		}
	});
});
