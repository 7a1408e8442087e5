import { describe, expect, it } from "vitest";
import { AnalysisMethod, LEAK_LIST_LIMIT } from "../../src/protocol/index.js";
import { LEAK, ROOT, start } from "./support/start.js";

describe("the list of leaks", () => {
	it("holds what is asked for, with the titles of the fixes that can be made", async () => {
		const { client } = await start({ folders: { [ROOT]: { "src/a.ts": LEAK, "src/b.ts": LEAK } } });
		await client.until("diagnostics", () => client.diagnostics(`${ROOT}/src/b.ts`));
		const all = await client.connection.sendRequest(AnalysisMethod.leakList, {});
		expect(all).toMatchObject({
			findings: [
				{ file: "src/a.ts", line: 1 },
				{ file: "src/b.ts", line: 1 },
			],
			notListed: 0,
		});
		const some = await client.connection.sendRequest(AnalysisMethod.leakList, { file: "b.ts" });
		expect(some).toMatchObject({ findings: [{ file: "src/b.ts", fixes: [expect.any(String)] }], notListed: 0 });
		expect(await client.connection.sendRequest(AnalysisMethod.leakList, { rule: "none-such" })).toEqual({ findings: [], notListed: 0 });
	});

	it("ends at its limit, and says how many are left out", async () => {
		const files = Object.fromEntries(Array.from({ length: LEAK_LIST_LIMIT + 3 }, (_, index) => [`src/${index}.ts`, LEAK]));
		const { client } = await start({ folders: { [ROOT]: files } });
		await client.until("diagnostics", () => client.diagnostics(`${ROOT}/src/0.ts`));
		expect(await client.connection.sendRequest(AnalysisMethod.leakList, {})).toMatchObject({ notListed: 3 });
	});

	it("refuses a question that is none", async () => {
		const { client } = await start();
		await expect(client.connection.sendRequest(AnalysisMethod.leakList, { rule: 7 })).rejects.toThrow("takes");
	});
});
