import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { findings, openFile, revert, ruleOf } from "./support/editing.js";

describe("diagnostics", () => {
	it("marks a client beside the shared one, with its page, its cost and the other clients", async () => {
		const document = await openFile("src/routes/rooms.ts");
		const [finding, ...others] = await findings(document, "multiple-clients");
		assert.ok(finding);
		assert.deepEqual(others, []);
		assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
		assert.match(document.getText(finding.range), /new PrismaClient/);
		assert.match(finding.message, /src\/lib\/prisma\.ts/);
		assert.ok(typeof finding.code === "object" && /multiple-clients\.md/.test(finding.code.target.toString()));
		assert.ok((finding.relatedInformation ?? []).length > 0);
	});

	it("marks a client that a handler makes per request", async () => {
		const document = await openFile("src/routes/reports.ts");
		const [finding] = await findings(document, "client-per-call");
		assert.ok(finding);
		assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
	});

	it("marks a controller whose services make clients, with the way there", async () => {
		const document = await openFile("src/routes/partners.ts");
		const [finding] = await findings(document, "client-per-call");
		assert.ok(finding);
		assert.match(document.getText(finding.range), /new PartnerController/);
		const places = (finding.relatedInformation ?? []).map(({ location }) => location.uri.path);
		assert.ok(places.some((path) => path.endsWith("src/services/usage-tracker.ts") || path.endsWith("src/services/billing-service.ts")));
	});

	it("leaves the shared client alone", async () => {
		const shared = await openFile("src/lib/prisma.ts");
		await findings(await openFile("src/routes/rooms.ts"), "multiple-clients");
		const rules = vscode.languages.getDiagnostics(shared.uri).map(ruleOf);
		assert.ok(!rules.includes("multiple-clients") && !rules.includes("client-per-call"), rules.join(", "));
	});

	it("follows an edit without saving", async () => {
		const document = await openFile("src/routes/hotels.ts");
		const edit = new vscode.WorkspaceEdit();
		const text =
			'import { PrismaClient } from "../../generated/prisma/client.js";\nexport const second = new PrismaClient({ adapter: undefined as never });\n';
		edit.insert(document.uri, new vscode.Position(0, 0), text);
		await vscode.workspace.applyEdit(edit);
		try {
			const [finding] = await findings(document, "multiple-clients");
			assert.equal(finding?.range.start.line, 1);
		} finally {
			await revert(document);
		}
	});
});
