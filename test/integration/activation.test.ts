import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { extension, until } from "./support/editing.js";

describe("activation", () => {
	it("happens by itself in a workspace with a Prisma schema", async () => {
		await until("the extension is active", () => extension().isActive || undefined);
	});

	it("registers every command of the manifest", async () => {
		await extension().activate();
		const manifest: { contributes: { commands: readonly { command: string }[] } } = extension().packageJSON;
		const contributed = manifest.contributes.commands.map(({ command }) => command);
		const registered = await vscode.commands.getCommands(true);
		assert.ok(contributed.length > 0);
		assert.deepEqual(
			contributed.filter((command) => !registered.includes(command)),
			[],
		);
	});
});
