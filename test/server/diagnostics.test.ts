import { describe, expect, it } from "vitest";
import { DiagnosticSeverity, DidCloseTextDocumentNotification } from "vscode-languageserver-protocol/node";
import { closedGate, LEAK, ROOT, start } from "./support/start.js";

const A = `${ROOT}/src/a.ts`;

describe("diagnostics", () => {
	it("publishes files nobody has opened, with code, page, severity and related places", async () => {
		const { client } = await start({ params: { initializationOptions: { rulePages: "file:///ext/docs/rules/" } } });
		const { diagnostics, version } = await client.until("diagnostics", () => client.diagnostics(A));
		expect(version).toBeUndefined();
		expect(diagnostics).toEqual([
			{
				range: { start: { line: 0, character: 15 }, end: { line: 0, character: 19 } },
				severity: DiagnosticSeverity.Error,
				source: "Prisma Leak Lens",
				code: "multiple-clients",
				codeDescription: { href: "file:///ext/docs/rules/multiple-clients.md" },
				message: "This makes another client.",
				relatedInformation: [
					{
						location: { uri: `${ROOT}/src/db.ts`, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } } },
						message: "The shared client.",
					},
				],
			},
		]);
	});

	it("publishes open files before all others, with the version they were checked at", async () => {
		const { gate, open } = closedGate();
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK, "src/b.ts": LEAK, "src/z.ts": LEAK } }, gate });
		await client.open(`${ROOT}/src/z.ts`, LEAK);
		await client.handled();
		open();
		await client.until("three files", () => (client.published.length === 3 ? true : null));
		expect(client.published.map(({ uri, version }) => [uri.slice(ROOT.length), version])).toEqual([
			["/src/z.ts", 1],
			["/src/a.ts", undefined],
			["/src/b.ts", undefined],
		]);
	});

	it("follows an edit without another scan and takes back what was fixed", async () => {
		const { client, analysis } = await start();
		await client.until("diagnostics", () => client.diagnostics(A));
		await client.open(A, LEAK);
		await client.change(A, 2, `\n${LEAK}`);
		const moved = await client.until("the moved finding", () => client.published.find(({ version }) => version === 2) ?? null);
		expect(moved.diagnostics[0]?.range.start.line).toBe(1);
		await client.change(A, 3, "const prisma = SAFE;\n");
		const cleared = await client.until("the empty list", () => client.published.find(({ version }) => version === 3) ?? null);
		expect(cleared.diagnostics).toEqual([]);
		expect(analysis.calls.filter((call) => call === "scan")).toHaveLength(1);
	});

	it("lets the disk count again when a document is closed unsaved", async () => {
		const { client } = await start();
		await client.until("diagnostics", () => client.diagnostics(A));
		await client.open(A, "");
		await client.until("none", () => (client.diagnostics(A)?.diagnostics.length === 0 ? true : null));
		await client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: A } });
		await client.until("the finding on disk", () => (client.diagnostics(A)?.diagnostics.length === 1 ? true : null));
	});

	it("says nothing twice: an edit elsewhere does not publish a file again", async () => {
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK, "src/b.ts": LEAK } } });
		await client.until("both files", () => (client.published.length === 2 ? true : null));
		await client.open(A, `${LEAK}${LEAK}`);
		await client.until("the edit", () => (client.diagnostics(A)?.diagnostics.length === 2 ? true : null));
		expect(client.published.map(({ uri }) => uri)).toEqual([A, `${ROOT}/src/b.ts`, A]);
	});

	it("knows a document whose URI an editor escapes in another way than Node does", async () => {
		const { gate, open } = closedGate();
		const { client } = await start({ folders: { [ROOT]: { "app/[id]/page.ts": LEAK } }, gate });
		await client.open(`${ROOT}/app/%5Bid%5D/page.ts`, `\n${LEAK}`);
		await client.handled();
		open();
		const params = await client.until("diagnostics of the open document", () => client.diagnostics(`${ROOT}/app/%5Bid%5D/page.ts`));
		expect(params.diagnostics[0]?.range.start.line).toBe(1);
	});
});
