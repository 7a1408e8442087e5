import { describe, expect, it } from "vitest";
import {
	CodeActionRequest,
	CodeLensRefreshRequest,
	CodeLensRequest,
	DidChangeConfigurationNotification,
	DidChangeWatchedFilesNotification,
	DidChangeWorkspaceFoldersNotification,
	FileChangeType,
	HoverRequest,
	InlayHintRefreshRequest,
	InlayHintRequest,
	WorkDoneProgressCancelNotification,
} from "vscode-languageserver-protocol/node";
import { AnalysisMethod, type AnalysisSummary, isUriRanges, SHOW_LENS_PLACES } from "../../src/protocol/index.js";
import type { TestClient } from "./support/client.js";
import { LEAK, ROOT, start } from "./support/start.js";

const A = `${ROOT}/src/a.ts`;
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

function hintsOf(client: TestClient, uri: string) {
	return client.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range: WHOLE });
}

/** The next summary that `matches`. */
function nextSummary(client: TestClient, matches: (summary: AnalysisSummary) => boolean): Promise<AnalysisSummary> {
	return new Promise((resolve) => {
		client.connection.onNotification(AnalysisMethod.summaryChanged, (summary: AnalysisSummary) => {
			if (matches(summary)) resolve(summary);
		});
	});
}

describe("hints", () => {
	it("are labels with a Markdown tooltip, also in env files", async () => {
		const env = `${ROOT}/.env`;
		const { client } = await start({ folders: { [ROOT]: { ".env": LEAK } } });
		await client.until("diagnostics", () => client.diagnostics(env));
		expect(await hintsOf(client, env)).toEqual([
			{ position: { line: 0, character: 19 }, label: "1 of 1", tooltip: { kind: "markdown", value: "**why**" }, paddingLeft: true },
		]);
	});

	it("are asked for again when an edit elsewhere changes them", async () => {
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK, "src/b.ts": "" } } });
		await client.open(A, LEAK);
		await client.open(`${ROOT}/src/b.ts`, "");
		await client.until("diagnostics", () => client.diagnostics(A));
		await new Promise((resolve) => setTimeout(resolve, 50));
		const refreshed = new Promise<void>((resolve) => {
			client.connection.onRequest(InlayHintRefreshRequest.type, () => resolve());
		});
		await client.change(`${ROOT}/src/b.ts`, 2, LEAK);
		await refreshed;
		expect(await hintsOf(client, A)).toMatchObject([{ label: "1 of 2" }]);
	});
});

describe("hovers", () => {
	it("show what a hint is about, whether or not its label is shown", async () => {
		const { client } = await start({ settings: { hints: { enabled: false } } });
		await client.until("diagnostics", () => client.diagnostics(A));
		const at = (character: number) =>
			client.connection.sendRequest(HoverRequest.type, { textDocument: { uri: A }, position: { line: 0, character } });
		expect(await at(16)).toEqual({
			contents: { kind: "markdown", value: "**why**" },
			range: { start: { line: 0, character: 15 }, end: { line: 0, character: 19 } },
		});
		expect(await at(3)).toBeNull();
		expect(await hintsOf(client, A)).toEqual([]);
	});
});

describe("code lenses", () => {
	const lensesOf = (client: TestClient, uri: string) => client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });

	it("carry what the editor's command asks the places with", async () => {
		const { client } = await start();
		await client.until("diagnostics", () => client.diagnostics(A));
		const [lens, ...more] = (await lensesOf(client, A)) ?? [];
		expect(more).toEqual([]);
		expect(lens?.command).toMatchObject({ title: "1 of 1 clients", command: SHOW_LENS_PLACES });
		const places = await client.connection.sendRequest(AnalysisMethod.lensPlaces, lens?.command?.arguments?.[0]);
		expect(isUriRanges(places)).toBe(true);
		expect(places).toMatchObject([{ uri: A, line: 1, column: 16 }]);
	});

	it("refuse places of something else", async () => {
		const { client } = await start();
		await expect(client.connection.sendRequest(AnalysisMethod.lensPlaces, { uri: A, shows: "secrets" })).rejects.toThrow(
			"takes a code lens",
		);
	});

	it("are off when the settings say so", async () => {
		const { client } = await start({ settings: { codeLens: { enabled: false } } });
		await client.until("diagnostics", () => client.diagnostics(A));
		expect(await lensesOf(client, A)).toEqual([]);
	});

	it("are asked for again when an edit elsewhere changes them", async () => {
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK, "src/b.ts": "" } } });
		await client.open(A, LEAK);
		await client.open(`${ROOT}/src/b.ts`, "");
		await client.until("diagnostics", () => client.diagnostics(A));
		await new Promise((resolve) => setTimeout(resolve, 50));
		const refreshed = new Promise<void>((resolve) => {
			client.connection.onRequest(CodeLensRefreshRequest.type, () => resolve());
		});
		await client.change(`${ROOT}/src/b.ts`, 2, LEAK);
		await refreshed;
		expect(await lensesOf(client, A)).toMatchObject([{ command: { title: "1 of 2 clients" } }]);
	});
});

describe("settings", () => {
	it("reach each folder's analysis, also when they change", async () => {
		const { client, analysis } = await start({ settings: { profile: "development" } });
		expect(analysis.settings.profile.poolMax).toBe(5);
		await client.until("diagnostics", () => client.diagnostics(A));
		client.settings = { profile: "production", hints: { enabled: false } };
		await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
		await client.until("the new settings", () => (analysis.settings.profile.poolMax === 3 ? true : null));
		expect(analysis.settings.poolHints).toBe(false);
		expect(analysis.calls.filter((call) => call === "scan")).toHaveLength(1);
	});

	it("scan again when other files are excluded, or files have other roles", async () => {
		const { client, analysis } = await start();
		await client.until("diagnostics", () => client.diagnostics(A));
		const scanned = (times: number) =>
			client.until(`scan ${times}`, () => (analysis.calls.filter((call) => call === "scan").length === times ? true : null));
		client.settings = { exclude: ["legacy/**"] };
		await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
		await scanned(2);
		client.filesExclude = { "old/**": true };
		await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
		await scanned(3);
		expect(analysis.settings.exclude).toEqual(["legacy/**", "/old/**"]);
		client.settings = { exclude: ["legacy/**"], roles: { "tools/**": "script" } };
		await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
		await scanned(4);
	});

	it("are each folder's own", async () => {
		const other = "file:///work/other";
		const { client, analyses } = await start({ folders: { [ROOT]: {}, [other]: {} }, settings: { database: { replicas: 2 } } });
		client.folderSettings.set(other, { database: { replicas: 5 } });
		await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
		await client.until("the folder's own settings", () => (analyses.get(other)?.settings.database.replicas === 5 ? true : null));
		expect(analyses.get(ROOT)?.settings.database.replicas).toBe(2);
	});

	it("that cannot be used are named once and replaced by the default", async () => {
		const { client, analysis } = await start({ folders: { [ROOT]: {}, "file:///work/b": {} }, settings: { profile: "prod" } });
		await client.connection.sendRequest(AnalysisMethod.databaseEndpoints);
		expect(client.shown).toEqual([
			'Prisma Leak Lens: prismaLeakLens.profile is "prod"; it can be "production" or "development". Until then it counts as "production".',
		]);
		expect(analysis.settings.profile.name).toBe("production");
	});
});

describe("files on disk", () => {
	it("are watched: changes where they matter, coming and going everywhere", async () => {
		const { client } = await start();
		const { registerOptions } = await client.until(
			"the watchers",
			() => client.registrations.find(({ method }) => method === DidChangeWatchedFilesNotification.method) ?? null,
		);
		const globs = JSON.stringify(registerOptions);
		for (const part of ["prisma", "tsx", "package", "tsconfig", ".env.*", '"globPattern":"**/*","kind":5']) expect(globs).toContain(part);
	});

	it("reach the analysis of their folder, deleted folders too, without what nobody reads", async () => {
		const other = "file:///work/other";
		const { client, analyses } = await start({ folders: { [ROOT]: {}, [other]: {} } });
		await client.connection.sendRequest(AnalysisMethod.databaseEndpoints);
		await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
			changes: [
				{ uri: A, type: FileChangeType.Changed },
				{ uri: `${ROOT}/src/routes`, type: FileChangeType.Deleted },
				{ uri: `${ROOT}/node_modules/x/index.js`, type: FileChangeType.Created },
				{ uri: `${other}/.env`, type: FileChangeType.Changed },
				{ uri: "file:///elsewhere/a.ts", type: FileChangeType.Changed },
			],
		});
		await client.connection.sendRequest(AnalysisMethod.databaseEndpoints);
		expect(analyses.get(ROOT)?.refreshed).toEqual([["src/a.ts", "src/routes"]]);
		expect(analyses.get(other)?.refreshed).toEqual([[".env"]]);
	});
});

describe("folders", () => {
	it("come with a scan of their own and go with their diagnostics", async () => {
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK }, "file:///work/second": { "b.ts": LEAK } } });
		const b = "file:///work/second/b.ts";
		await client.until("diagnostics", () => client.diagnostics(b));
		await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
			event: { added: [], removed: [{ uri: "file:///work/second", name: "second" }] },
		});
		await client.until("the empty list", () => (client.diagnostics(b)?.diagnostics.length === 0 ? true : null));
		expect(client.diagnostics(A)?.diagnostics).toHaveLength(1);
	});

	it("inside another folder own their files, and give them back when they go", async () => {
		const inner = `${ROOT}/packages/api`;
		const file = `${inner}/a.ts`;
		const { client } = await start({ folders: { [ROOT]: { "packages/api/a.ts": LEAK + LEAK }, [inner]: { "a.ts": LEAK } } });
		await client.connection.sendRequest(AnalysisMethod.databaseEndpoints);
		await client.until("the inner folder's finding", () => client.diagnostics(file));
		expect(client.published.filter(({ uri }) => uri === file).at(-1)?.diagnostics).toHaveLength(1);
		await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
			event: { added: [], removed: [{ uri: inner, name: "api" }] },
		});
		await client.until("the outer folder's findings", () => (client.diagnostics(file)?.diagnostics.length === 2 ? true : null));
	});
});

describe("scans", () => {
	it("show progress, and stop when the person cancels", async () => {
		const { client, analysis } = await start({ gate: new Promise(() => {}) });
		const { token } = await client.until("a report", () => client.progress.find(({ kind }) => kind === "report") ?? null);
		await client.connection.sendNotification(WorkDoneProgressCancelNotification.type, { token });
		const summary = await nextSummary(client, ({ state }) => state === "idle");
		expect(summary).toEqual({ state: "idle", files: 0, errors: 0, warnings: 0, infos: 0, hints: 0 });
		expect(client.progress.map(({ kind }) => kind)).toEqual(["begin", "report", "end"]);
		expect(client.published).toEqual([]);

		analysis.gate = Promise.resolve();
		expect(await client.connection.sendRequest(AnalysisMethod.scan)).toMatchObject({ state: "ready", errors: 1 });
		expect(client.diagnostics(A)?.diagnostics).toHaveLength(1);
	});

	it("stop on request, in an editor that shows no button for it", async () => {
		const { client } = await start({ gate: new Promise(() => {}) });
		await client.until("a report", () => client.progress.find(({ kind }) => kind === "report") ?? null);
		await client.connection.sendRequest(AnalysisMethod.cancelScan);
		expect(await nextSummary(client, ({ state }) => state === "idle")).toMatchObject({ files: 0 });
	});

	it("answer with the counts, and tell the databases the workspace names", async () => {
		const { client } = await start();
		expect(await client.connection.sendRequest(AnalysisMethod.databaseEndpoints)).toEqual(["localhost:5432"]);
		const summary = { state: "ready", files: 2, errors: 1, warnings: 0, infos: 0, hints: 0 };
		expect(await client.connection.sendRequest(AnalysisMethod.summary)).toEqual(summary);
		expect(await nextSummary(client, () => true)).toEqual(summary);
	});
});

describe("failures", () => {
	it("are logged, answered with nothing, and end neither the server nor the next request", async () => {
		const { client, analysis } = await start();
		await client.until("diagnostics", () => client.diagnostics(A));
		const ask = () =>
			client.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri: A }, range: WHOLE, context: { diagnostics: [] } });
		analysis.failure = new Error("no such binding");
		expect(await ask()).toEqual([]);
		await client.until("the log", () => (client.logged.some((line) => line.includes("no such binding")) ? true : null));
		analysis.failure = null;
		expect(await ask()).toMatchObject([{ title: "Use singleton from src/db.ts" }, { title: "Suppress multiple-clients for this line" }]);
	});
});
