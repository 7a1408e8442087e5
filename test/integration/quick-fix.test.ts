import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { findings, openFile, quickFixes, revert, ruleOf, until } from "./support/editing.js";

describe('quick-fix "Use singleton"', () => {
	it("imports the shared client, is preferred, and makes the finding go away", async () => {
		const document = await openFile("src/routes/rooms.ts");
		const [finding] = await findings(document, "multiple-clients");
		assert.ok(finding);
		const fix = (await quickFixes(document, finding)).find(({ title }) => title.startsWith("Use singleton"));
		assert.ok(fix?.edit);
		assert.match(fix.title, /src\/lib\/prisma\.ts/);
		assert.equal(fix.isPreferred, true);
		try {
			assert.ok(await vscode.workspace.applyEdit(fix.edit));
			const text = document.getText();
			assert.match(text, /import \{ prisma \} from "\.\.\/lib\/prisma\.js";/);
			assert.doesNotMatch(text, /PrismaClient|PrismaPg/);
			await until("no finding is left", () => {
				const left = vscode.languages.getDiagnostics(document.uri).filter((one) => ruleOf(one) === "multiple-clients");
				return left.length === 0 || undefined;
			});
		} finally {
			await revert(document);
		}
	});
});
