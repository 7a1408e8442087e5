import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CodeActionRequest, HoverRequest, type WorkspaceEdit } from "vscode-languageserver-protocol/node";
import { type DiskWorkspace, TWO_CLIENTS, writeWorkspace } from "../support/disk-workspace.js";
import type { TestClient } from "./support/client.js";
import { FROM_SOURCE, type ServerProcess, startServerProcess } from "./support/server-process.js";

describe("an editor that offers the least of the protocol and starts the bare command", () => {
	let workspace: DiskWorkspace;
	let server: ServerProcess;
	let client: TestClient;
	let rooms = "";

	beforeAll(async () => {
		workspace = await writeWorkspace(TWO_CLIENTS);
		rooms = pathToFileURL(join(workspace.root, "src/rooms.ts")).href;
		server = startServerProcess(FROM_SOURCE);
		client = server.client;
		await client.connection.sendRequest("initialize", {
			processId: process.pid,
			rootUri: pathToFileURL(workspace.root).href,
			capabilities: { workspace: { workspaceEdit: { documentChanges: true } } },
		});
		await client.connection.sendNotification("initialized", {});
	});

	afterAll(async () => {
		expect(await server.stop()).toBe(0);
		await workspace.remove();
	});

	it("gets diagnostics, fixes that create no file, and hovers, and is asked for nothing it does not offer", async () => {
		await client.open(rooms, TWO_CLIENTS["src/rooms.ts"] ?? "");
		const { diagnostics } = await client.until("the finding", () => client.diagnostics(rooms));
		const [finding] = diagnostics;
		expect(finding).toMatchObject({ code: "multiple-clients" });
		if (finding === undefined) return;

		const textDocument = { uri: rooms };
		const actions = await client.connection.sendRequest(CodeActionRequest.type, {
			textDocument,
			range: finding.range,
			context: { diagnostics: [finding] },
		});
		const fix = actions?.find((action) => action.title.startsWith("Use singleton"));
		expect(fix && "edit" in fix ? changedFiles(fix.edit) : []).toEqual([rooms]);

		const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument, position: finding.range.start });
		expect(hover?.contents).toMatchObject({ kind: "markdown" });
		expect([client.registrations, client.progress]).toEqual([[], []]);
	});
});

function changedFiles(edit: WorkspaceEdit | undefined): string[] {
	return edit?.documentChanges?.flatMap((change) => ("textDocument" in change ? [change.textDocument.uri] : [])) ?? [];
}
