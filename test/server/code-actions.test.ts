import { describe, expect, it } from "vitest";
import {
	type ApplyWorkspaceEditParams,
	type CodeAction,
	type CodeActionContext,
	CodeActionKind,
	CodeActionRequest,
	ExecuteCommandRequest,
} from "vscode-languageserver-protocol/node";
import { AnalysisMethod } from "../../src/protocol/index.js";
import type { TestClient } from "./support/client.js";
import { LEAK, ROOT, start } from "./support/start.js";

const A = `${ROOT}/src/a.ts`;
const TENANT = `${ROOT}/src/tenant.ts`;
const HERE = { start: { line: 0, character: 16 }, end: { line: 0, character: 16 } };

async function actions(client: TestClient, uri: string, context: Partial<CodeActionContext> = {}, range = HERE): Promise<CodeAction[]> {
	const diagnostics = client.diagnostics(uri)?.diagnostics ?? [];
	const answer = await client.connection.sendRequest(CodeActionRequest.type, {
		textDocument: { uri },
		range,
		context: { diagnostics, ...context },
	});
	return (answer ?? []).filter((action): action is CodeAction => "kind" in action);
}

describe("quick-fixes", () => {
	it("creates the module and edits the document at its version, as the preferred action of the finding", async () => {
		const { client } = await start();
		await client.open(A, LEAK);
		const { diagnostics } = await client.until("diagnostics", () => client.diagnostics(A));
		const [action] = await actions(client, A);
		expect(action).toEqual({
			title: "Use singleton from src/db.ts",
			kind: "quickfix.prismaLeakLens.fix.multiple-clients.use-singleton",
			isPreferred: true,
			diagnostics,
			edit: {
				documentChanges: [
					{ kind: "create", uri: `${ROOT}/src/db.ts`, options: { overwrite: false, ignoreIfExists: false } },
					{
						textDocument: { uri: `${ROOT}/src/db.ts`, version: null },
						edits: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: "export const prisma = 1;\n" }],
					},
					{ textDocument: { uri: A, version: 1 }, edits: [{ range: diagnostics[0]?.range, newText: "SAFE" }] },
				],
			},
			command: { title: "Show notes", command: "prismaLeakLens.showFixNotes", arguments: ["The log option was not carried over."] },
		});
	});

	it("end with the comment that silences the finding, which is never the preferred action", async () => {
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK + LEAK } } });
		await client.until("diagnostics", () => client.diagnostics(A));
		const offered = await actions(client, A);
		expect(offered.map(({ title }) => title)).toEqual([
			"Use singleton from src/db.ts",
			"Fix all: multiple-clients in this file",
			"Suppress multiple-clients for this line",
		]);
		expect(offered.at(-1)).toMatchObject({
			kind: "quickfix.prismaLeakLens.suppress.multiple-clients.suppress-line",
			isPreferred: false,
			diagnostics: [{ code: "multiple-clients" }],
			edit: { documentChanges: [{ textDocument: { uri: A }, edits: [{ newText: "HUSH" }] }] },
		});
	});

	it("shows a refused fix as disabled, with its reason", async () => {
		const { client } = await start({ folders: { [ROOT]: { "src/tenant.ts": LEAK } } });
		await client.until("diagnostics", () => client.diagnostics(TENANT));
		expect(await actions(client, TENANT)).toMatchObject([
			{ title: "Use singleton", disabled: { reason: "One client per tenant is meant." } },
			{ title: "Suppress multiple-clients for this line" },
		]);
	});

	it("can be asked for by their rule, apart from what silences it", async () => {
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK + LEAK } } });
		await client.until("diagnostics", () => client.diagnostics(A));
		const titles = async (kind: string) => (await actions(client, A, { only: [kind] })).map(({ title }) => title);
		expect(await titles("quickfix.prismaLeakLens.fix.multiple-clients")).toEqual(["Use singleton from src/db.ts"]);
		expect(await titles("quickfix.prismaLeakLens.fix.multiple-clients.use-singleton")).toEqual(["Use singleton from src/db.ts"]);
		expect(await titles("quickfix.prismaLeakLens.suppress.multiple-clients")).toEqual(["Suppress multiple-clients for this line"]);
		expect(await titles("quickfix.prismaLeakLens.fix.pool-size")).toEqual([]);
	});

	it("offers nothing beside a finding, nor to who asks for other kinds", async () => {
		const { client } = await start();
		await client.until("diagnostics", () => client.diagnostics(A));
		const elsewhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 14 } };
		expect(await actions(client, A, {}, elsewhere)).toEqual([]);
		expect(await actions(client, A, { only: [CodeActionKind.Refactor] })).toEqual([]);
	});

	it("tells what to know about a fix once it is made", async () => {
		const { client } = await start();
		await client.connection.sendRequest(ExecuteCommandRequest.type, {
			command: "prismaLeakLens.showFixNotes",
			arguments: ["The log option was not carried over."],
		});
		expect(client.shown).toEqual(["Fixed. The log option was not carried over."]);
	});
});

describe("fixing a file", () => {
	it("answers source.fixAll with all of the file's findings, and leaves it out of the light bulb", async () => {
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK + LEAK } } });
		await client.until("diagnostics", () => client.diagnostics(A));
		const [action, ...others] = await actions(client, A, { only: [CodeActionKind.SourceFixAll] });
		expect(others).toEqual([]);
		expect(action?.kind).toBe("source.fixAll.prismaLeakLens");
		expect(action?.edit?.documentChanges?.at(-1)).toMatchObject({
			textDocument: { uri: A },
			edits: [{ newText: "SAFE" }, { newText: "SAFE" }],
		});
		for (const { kind } of await actions(client, A)) expect(kind).toMatch(/^quickfix\b/);
	});

	it("offers to fix all of a rule where the file has several of it", async () => {
		const { client, analysis } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK + LEAK } } });
		await client.until("diagnostics", () => client.diagnostics(A));
		const [one, all] = await actions(client, A);
		expect(one?.title).toBe("Use singleton from src/db.ts");
		expect(all).toMatchObject({ title: "Fix all: multiple-clients in this file", kind: CodeActionKind.QuickFix });
		expect(all?.edit?.documentChanges?.at(-1)).toMatchObject({ edits: [{ newText: "SAFE" }, { newText: "SAFE" }] });
		expect(analysis.selections).toEqual([{ rule: "multiple-clients", kind: "file", file: "src/a.ts" }]);
	});
});

describe("fixing the workspace", () => {
	it("asks the editor to confirm one edit of all folders, and lists what was refused", async () => {
		const other = "file:///work/other";
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK, "src/tenant.ts": LEAK }, [other]: { "src/b.ts": LEAK } } });
		let asked: ApplyWorkspaceEditParams | null = null;
		client.connection.onRequest("workspace/applyEdit", (params: ApplyWorkspaceEditParams) => {
			asked = params;
			return { applied: true };
		});
		const result = await client.connection.sendRequest(AnalysisMethod.fixAll, { fix: "use-singleton" });
		expect(result).toEqual({
			outcome: "ticked",
			label: "Use singleton from src/db.ts",
			notes: ["The log option was not carried over."],
			files: 4,
			refused: [{ file: "src/tenant.ts", line: 1, reason: "One client per tenant is meant." }],
		});
		expect(asked).toMatchObject({
			metadata: { isRefactoring: true },
			edit: {
				changeAnnotations: {
					"part-1": { label: "Use singleton from src/db.ts", needsConfirmation: true, description: "The log option was not carried over." },
					"part-2": { needsConfirmation: true },
				},
				documentChanges: [
					{ kind: "create", uri: `${ROOT}/src/db.ts`, annotationId: "part-1" },
					{},
					{ textDocument: { uri: A }, edits: [{ annotationId: "part-1" }] },
					{ kind: "create", uri: `${other}/src/db.ts`, annotationId: "part-2" },
					{},
					{ textDocument: { uri: `${other}/src/b.ts` }, edits: [{ annotationId: "part-2" }] },
				],
			},
		});
	});

	it("says first what would be changed, and changes nothing", async () => {
		const { client } = await start();
		client.connection.onRequest("workspace/applyEdit", () => {
			throw new Error("A plan is no change.");
		});
		expect(await client.connection.sendRequest(AnalysisMethod.fixAll, { fix: "use-singleton", how: "plan" })).toMatchObject({
			outcome: "planned",
			label: "Use singleton from src/db.ts",
		});
	});

	it("makes the changes at once where a person has agreed", async () => {
		const { client } = await start();
		const asked: ApplyWorkspaceEditParams[] = [];
		client.connection.onRequest("workspace/applyEdit", (params: ApplyWorkspaceEditParams) => {
			asked.push(params);
			return { applied: true };
		});
		const result = await client.connection.sendRequest(AnalysisMethod.fixAll, { fix: "use-singleton", how: "apply" });
		expect(result).toMatchObject({ outcome: "applied" });
		expect(asked).toMatchObject([{ edit: { changeAnnotations: { "part-1": { needsConfirmation: false } } } }]);
	});

	it("says when the person declined", async () => {
		const { client } = await start();
		client.connection.onRequest("workspace/applyEdit", () => ({ applied: false }));
		expect(await client.connection.sendRequest(AnalysisMethod.fixAll, { fix: "use-singleton" })).toMatchObject({ outcome: "declined" });
	});

	it.each([
		["file", `${ROOT}/src/a.ts`, { kind: "file", file: "src/a.ts" }],
		["folder", `${ROOT}/src`, { kind: "folder", folder: "src" }],
		["workspace folder", ROOT, { kind: "workspace" }],
	])("keeps to one rule in one %s", async (_what, uri, scope) => {
		const { client, analysis } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK } } });
		client.connection.onRequest("workspace/applyEdit", () => ({ applied: true }));
		await client.connection.sendRequest(AnalysisMethod.fixAll, { rule: "multiple-clients", uri });
		expect(analysis.selections).toEqual([{ rule: "multiple-clients", ...scope }]);
	});

	it("knows which rules have something to fix", async () => {
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK + LEAK } } });
		expect(await client.connection.sendRequest(AnalysisMethod.fixableRules)).toEqual([{ rule: "multiple-clients", findings: 2 }]);
	});

	it("refuses parameters it does not know", async () => {
		const { client } = await start();
		await expect(client.connection.sendRequest(AnalysisMethod.fixAll, { rule: 1 })).rejects.toThrow('takes {"rule": <id>');
	});
});
