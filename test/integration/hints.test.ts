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

	it("stay short", async () => {
		for (const hint of await hintsOf("src/lib/prisma.ts")) assert.ok(hintText(hint).length <= 40, hintText(hint));
	});
});
