import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { hintText, openFile, until } from "./support/editing.js";

async function hintsOf(path: string): Promise<readonly vscode.InlayHint[]> {
	const document = await openFile(path);
	const all = new vscode.Range(0, 0, document.lineCount, 0);
	return until(`hints in ${path}`, async () => {
		const hints = await vscode.commands.executeCommand<readonly vscode.InlayHint[]>("vscode.executeInlayHintProvider", document.uri, all);
		return hints.length > 0 ? hints : undefined;
	});
}

describe("pool hints", () => {
	it("stand after the client and after the pool's number, with the sum and its source in the tooltip", async () => {
		const hints = await hintsOf("src/services/availability.ts");
		const labels = hints.map(hintText);
		assert.ok(
			labels.some((label) => /pool 20/.test(label)),
			labels.join(" | "),
		);
		assert.ok(
			labels.some((label) => /use ≤ 3/.test(label)),
			labels.join(" | "),
		);
		for (const { tooltip } of hints) {
			const text = typeof tooltip === "string" ? tooltip : tooltip?.value;
			assert.ok(text && text.length > 20);
		}
	});

	it("follow the profile and its figures as soon as they are set", async () => {
		const path = "src/services/availability.ts";
		const has = (wanted: RegExp) =>
			until(`a hint ${wanted}`, async () => (await hintsOf(path)).map(hintText).some((label) => wanted.test(label)) || undefined);
		const settings = vscode.workspace.getConfiguration("prismaLeakLens", vscode.workspace.workspaceFolders?.[0]?.uri);
		const set = (key: string, value: unknown) => settings.update(key, value, vscode.ConfigurationTarget.Workspace);
		await has(/use ≤ 3$/);
		try {
			await set("profiles", { production: { poolMax: 4 }, development: { poolMax: 6 } });
			await has(/use ≤ 4$/);
			await set("profile", "development");
			await has(/use ≤ 6$/);
		} finally {
			await set("profile", undefined);
			await set("profiles", undefined);
		}
		await has(/use ≤ 3$/);
	});

	it("stay short", async () => {
		for (const hint of await hintsOf("src/lib/prisma.ts")) assert.ok(hintText(hint).length <= 40, hintText(hint));
	});
});
