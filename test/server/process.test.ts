import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
	DidChangeWatchedFilesNotification,
	DidCloseTextDocumentNotification,
	FileChangeType,
	HoverRequest,
} from "vscode-languageserver-protocol/node";
import { AnalysisMethod } from "../../src/protocol/index.js";
import { type DiskWorkspace, TWO_CLIENTS, writeWorkspace } from "../support/disk-workspace.js";
import type { TestClient } from "./support/client.js";
import { FROM_SOURCE, type ServerProcess, startServerProcess } from "./support/server-process.js";

describe("the server's process, on a workspace on disk", () => {
	let workspace: DiskWorkspace;
	let server: ServerProcess;
	let client: TestClient;
	let rooms = "";
	const leaky = TWO_CLIENTS["src/rooms.ts"] ?? "";

	beforeAll(async () => {
		workspace = await writeWorkspace(TWO_CLIENTS);
		rooms = pathToFileURL(join(workspace.root, "src/rooms.ts")).href;
		server = startServerProcess([...FROM_SOURCE, "--stdio"]);
		client = server.client;
		await client.initialize([pathToFileURL(workspace.root).href]);
	});

	afterAll(async () => {
		expect(await server.stop()).toBe(0);
		await workspace.remove();
	});

	it("finds the second client, follows its edit, and finds it again on disk", async () => {
		const { diagnostics } = await client.until("the finding", () => client.diagnostics(rooms));
		expect(diagnostics).toMatchObject([{ code: "multiple-clients", range: { start: { line: 3, character: 15 } } }]);

		await client.open(rooms, leaky);
		await client.change(rooms, 2, 'import { prisma } from "./prisma.js";\nexport const rooms = () => prisma.room.findMany();\n');
		await client.until("no finding", () => (client.diagnostics(rooms)?.diagnostics.length === 0 ? true : null));
		await client.change(rooms, 3, `\n${leaky}`);
		await client.until("the finding, a line below", () =>
			client.diagnostics(rooms)?.diagnostics[0]?.range.start.line === 4 ? true : null,
		);
	});

	it("tells what the clients of its packages cost", async () => {
		expect(await client.connection.sendRequest(AnalysisMethod.memoryCosts)).toEqual([
			{
				firstClient: { low: 75, high: 75, source: expect.stringContaining("Prisma 7") },
				furtherClient: { low: 3, high: 4, source: expect.stringContaining("Prisma 7") },
				connection: { low: 0.2, high: 0.5, source: expect.stringContaining("per busy connection") },
			},
		]);
	});

	it("takes in files that come on disk", async () => {
		const path = join(workspace.root, "src/guests.ts");
		const uri = pathToFileURL(path).href;
		await writeFile(path, leaky);
		await writeFile(join(workspace.root, "src/server.ts"), `import "./guests.js";\n${TWO_CLIENTS["src/server.ts"]}`);
		await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
			changes: [
				{ uri, type: FileChangeType.Created },
				{ uri: pathToFileURL(join(workspace.root, "src/server.ts")).href, type: FileChangeType.Changed },
			],
		});
		const { diagnostics } = await client.until("the new file's finding", () => client.diagnostics(uri));
		expect(diagnostics[0]?.code).toBe("multiple-clients");
	});

	it("follows a folder that is moved, though only the folder is reported", async () => {
		const here = join(workspace.root, "src/admin");
		const there = join(workspace.root, "src/v1.0");
		await mkdir(here);
		await writeFile(join(here, "users.ts"), leaky.replace("../generated", "../../generated"));
		await writeFile(
			join(workspace.root, "src/server.ts"),
			`import "./admin/users.js";\nimport "./v1.0/users.js";\n${TWO_CLIENTS["src/server.ts"]}`,
		);
		const moved = (from: string, to: string) =>
			client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
				changes: [
					{ uri: pathToFileURL(from).href, type: FileChangeType.Deleted },
					{ uri: pathToFileURL(to).href, type: FileChangeType.Created },
					{ uri: pathToFileURL(join(workspace.root, "src/server.ts")).href, type: FileChangeType.Changed },
				],
			});
		const count = (folder: string) => client.diagnostics(pathToFileURL(join(folder, "users.ts")).href)?.diagnostics.length ?? 0;
		await moved(there, here);
		await client.until("the finding in the new folder", () => (count(here) === 1 ? true : null));
		await rename(here, there);
		await moved(here, there);
		await client.until("the finding in the moved folder", () => (count(there) === 1 && count(here) === 0 ? true : null));
		await rm(there, { recursive: true });
		await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
			changes: [{ uri: pathToFileURL(there).href, type: FileChangeType.Deleted }],
		});
		await client.until("no finding in the deleted folder", () => (count(there) === 0 ? true : null));
	});

	it.each(["untitled:Untitled-1", `git:${process.cwd()}/src/rooms.ts?ref=HEAD`])("leaves %s alone, which is no file", async (uri) => {
		await client.open(uri, leaky);
		await client.change(uri, 2, `\n${leaky}`);
		expect(
			await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: { line: 4, character: 16 } }),
		).toBeNull();
		await client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
		await client.handled();
		expect(client.diagnostics(uri)?.diagnostics ?? []).toEqual([]);
	});

	it("follows the folder's config file as it comes, changes and goes", async () => {
		const path = join(workspace.root, "prisma-leak-lens.json");
		const reported = (type: FileChangeType) =>
			client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri: pathToFileURL(path).href, type }] });
		const severity = (wanted: number | null) =>
			client.until(`severity ${wanted}`, () => ((client.diagnostics(rooms)?.diagnostics[0]?.severity ?? null) === wanted ? true : null));
		await severity(1);
		await writeFile(path, '{\n\t// ours\n\t"rules": { "multiple-clients": "info" },\n}\n');
		await reported(FileChangeType.Created);
		await severity(3);
		await writeFile(path, '{ "rules": { "multiple-clients": "of", "multiple-client": "off" } }');
		await reported(FileChangeType.Changed);
		await severity(1);
		expect(client.shown).toEqual([
			'Prisma Leak Lens: prisma-leak-lens.json:1: rules.multiple-clients is "of"; it can be "off", "hint", "info", "warning" or "error". Until then the rule keeps its own severity.',
			'Prisma Leak Lens: prisma-leak-lens.json:1: rules.multiple-client names no rule; did you mean "multiple-clients"?',
		]);
		await writeFile(path, '{ "exclude": ["src/rooms.ts"] }');
		await reported(FileChangeType.Changed);
		await severity(null);
		await rm(path);
		await reported(FileChangeType.Deleted);
		await severity(1);
	});

	it("counts what it found", async () => {
		expect(await client.connection.sendRequest(AnalysisMethod.summary)).toMatchObject({ state: "ready", errors: 2, files: 4 });
	});
});
