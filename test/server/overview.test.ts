import { describe, expect, it } from "vitest";
import { DidChangeWorkspaceFoldersNotification } from "vscode-languageserver-protocol/node";
import {
	AnalysisMethod,
	isOverview,
	isOverviewChange,
	type Overview,
	type OverviewChange,
	OverviewMethod,
} from "../../src/protocol/index.js";
import type { TestClient } from "./support/client.js";
import { LEAK, ROOT, start } from "./support/start.js";

const A = `${ROOT}/src/a.ts`;
const SHOP = "file:///work/shop";

async function open(client: TestClient): Promise<Overview> {
	const overview: unknown = await client.connection.sendRequest(OverviewMethod.open);
	if (!isOverview(overview)) throw new Error("The answer is no overview.");
	return overview;
}

/** Collects what the server reports. */
function changesOf(client: TestClient): OverviewChange[] {
	const changes: OverviewChange[] = [];
	client.connection.onNotification(OverviewMethod.changed, (change: unknown) => {
		if (!isOverviewChange(change)) throw new Error("The report is no change.");
		changes.push(change);
		client.notify();
	});
	return changes;
}

describe("the overview", () => {
	it("tells every finding with its package, title and saving, and what was looked at", async () => {
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK, "packages/api/b.ts": LEAK } } });
		await client.until("diagnostics", () => client.diagnostics(A));
		const { titles, folders, contents } = await open(client);
		expect(titles["multiple-clients"]).toBe("Several PrismaClients side by side");
		expect(folders).toEqual([{ uri: ROOT, name: "hotel", state: "ready", files: 2, packages: 1, prisma: [], unread: [] }]);
		expect(contents).toMatchObject([
			{
				folder: ROOT,
				files: [
					{ file: "packages/api/b.ts", package: "packages/api" },
					{ file: "src/a.ts", package: ".", findings: [{ rule: "multiple-clients", line: 1, column: 16, fixable: true, saving: null }] },
				],
			},
		]);
	});

	it("reports only files whose findings changed, once it was asked for", async () => {
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK, "src/b.ts": LEAK } } });
		const changes = changesOf(client);
		await client.until("diagnostics", () => client.diagnostics(A));
		await client.open(A, LEAK);
		await client.change(A, 2, `\n${LEAK}`);
		await client.until("the finding a line below", () => (client.diagnostics(A)?.diagnostics[0]?.range.start.line === 1 ? true : null));
		await new Promise((resolve) => setTimeout(resolve, 250));
		expect(changes).toEqual([]);

		await open(client);
		await client.change(A, 3, "");
		await client.until("the change", () => changes.find(({ contents }) => contents.length > 0) ?? null);
		expect(changes.flatMap(({ contents }) => contents)).toEqual([
			{ folder: ROOT, files: [{ file: "src/a.ts", package: ".", findings: [] }] },
		]);
	});

	it("says nothing after an edit that leaves every finding where it was", async () => {
		const { client } = await start();
		const summaries: unknown[] = [];
		client.connection.onNotification(AnalysisMethod.summaryChanged, (summary: unknown) => void summaries.push(summary));
		await client.until("diagnostics", () => client.diagnostics(A));
		await client.open(A, LEAK);
		await open(client);
		await new Promise((resolve) => setTimeout(resolve, 250));
		const changes = changesOf(client);
		const told = summaries.length;
		await client.change(A, 2, `${LEAK}// Rooms.\n`);
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(changes).toEqual([]);
		expect(summaries).toHaveLength(told);
	});

	it("gathers edits that follow each other", async () => {
		const { client } = await start();
		await client.until("diagnostics", () => client.diagnostics(A));
		await client.open(A, LEAK);
		await new Promise((resolve) => setTimeout(resolve, 250));
		await open(client);
		const changes = changesOf(client);
		for (let version = 2; version < 22; version++) await client.change(A, version, `${"\n".repeat(version)}${LEAK}`);
		await client.until("the last line", () =>
			changes.some(({ contents }) => contents[0]?.files[0]?.findings[0]?.line === 22) ? true : null,
		);
		expect(changes.length).toBeLessThan(5);
	});

	it("follows folders that come and go, and tells a file once", async () => {
		const inner = `${ROOT}/packages/api`;
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK, "packages/api/b.ts": LEAK }, [inner]: { "b.ts": LEAK } } });
		// Answered when every folder has been read.
		await client.connection.sendRequest(AnalysisMethod.databaseEndpoints);
		const { contents } = await open(client);
		expect(contents.map(({ folder, files }) => [folder, files.map(({ file }) => file)])).toEqual([
			[ROOT, ["src/a.ts"]],
			[inner, ["b.ts"]],
		]);
		const changes = changesOf(client);
		await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
			event: { added: [{ uri: SHOP, name: "shop" }], removed: [{ uri: inner, name: "api" }] },
		});
		const last = await client.until("the folders", () => changes.find(({ folders }) => folders.some(({ uri }) => uri === SHOP)) ?? null);
		expect(last.folders.map(({ uri }) => uri)).toEqual([ROOT, SHOP]);
		const outer = await client.until("the file of the outer folder", () => {
			return changes.flatMap((change) => change.contents).find(({ folder }) => folder === ROOT) ?? null;
		});
		expect(outer.files.map(({ file }) => file)).toEqual(["packages/api/b.ts"]);
	});
});
