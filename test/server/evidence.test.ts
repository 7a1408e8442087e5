import { describe, expect, it } from "vitest";
import { InlayHintRequest } from "vscode-languageserver-protocol/node";
import { AnalysisMethod, isOverview, OverviewMethod, type SeenSite } from "../../src/protocol/index.js";
import { LEAK, ROOT, start } from "./support/start.js";

const A = `${ROOT}/src/a.ts`;
const seen = (file: string, line: number): SeenSite => ({ file, line, created: 20, live: 14 });

describe("what an attached process shows", () => {
	it("is said by the diagnostic, the hint and the overview, and taken back", async () => {
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK } } });
		await client.until("diagnostics", () => client.diagnostics(A));
		const at = Date.now();
		const verdicts = await client.connection.sendRequest(AnalysisMethod.evidence, {
			at,
			sites: [seen("/work/hotel/src/a.ts", 1), seen("/elsewhere/x.ts", 3)],
		});
		expect(verdicts).toMatchObject([
			{ uri: A, line: 1, rule: "multiple-clients" },
			{ uri: null, rule: null },
		]);
		await client.until("the evidence", () =>
			/Confirmed: 14 live instances, measured at \d\d:/.test(client.diagnostics(A)?.diagnostics[0]?.message.toString() ?? "") ? true : null,
		);
		const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
		expect(await client.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri: A }, range })).toMatchObject([
			{ label: "1 of 1 · 14 live instances" },
		]);
		const overview = await client.connection.sendRequest(OverviewMethod.open);
		expect(isOverview(overview) && overview.contents[0]?.files[0]?.findings[0]?.evidence).toEqual({ live: 14, created: 20, at });

		await client.connection.sendRequest(AnalysisMethod.evidence, { at, sites: [] });
		await client.until("no evidence", () =>
			client.diagnostics(A)?.diagnostics[0]?.message.toString().includes("Confirmed") === false ? true : null,
		);
	});

	it("without a finding leads to the source all the same", async () => {
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK, "src/lib/db.ts": "" } } });
		await client.until("diagnostics", () => client.diagnostics(A));
		const verdicts = await client.connection.sendRequest(AnalysisMethod.evidence, { at: 1, sites: [seen("/app/src/lib/db.ts", 4)] });
		expect(verdicts).toEqual([{ ...seen("/app/src/lib/db.ts", 4), uri: `${ROOT}/src/lib/db.ts`, rule: null }]);
	});

	it("is refused when it is none", async () => {
		const { client } = await start();
		await expect(client.connection.sendRequest(AnalysisMethod.evidence, { at: 1, sites: [{ file: "a" }] })).rejects.toThrow("takes");
	});
});
