import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSourceMap, mapPosition, pathOf, sourceMapUrl } from "../../../src/monitor/levels/source-maps.js";

const SOURCE = "interface A { b: string }\n\nexport const make = (): object =>\n\tnew Map<string, A>();\n";

describe("source maps", () => {
	let folder: string;
	let script: string;
	let code: string;
	let map: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "leak-lens-maps-"));
		script = join(folder, "dist.js");
		({ code, map } = await transform(SOURCE, { loader: "ts", sourcemap: "external", sourcefile: "src/a.ts", minifyWhitespace: true }));
	});

	afterAll(() => rm(folder, { recursive: true, force: true }));

	const position = () => ({ file: pathToFileURL(script).href, line: 1, column: code.indexOf("new Map") + 1 });
	const source = () => ({ file: join(folder, "src/a.ts"), line: 4, column: 2 });

	it("lead through a file beside the script, on this machine only", async () => {
		await writeFile(`${script}.map`, map);
		const found = await loadSourceMap(script, "dist.js.map", true);
		expect(found && mapPosition(found, position())).toEqual(source());
		expect(await loadSourceMap(script, "dist.js.map", false)).toBeNull();
	});

	it("lead through an inline map", async () => {
		const url = `data:application/json;charset=utf-8;base64,${Buffer.from(map).toString("base64")}`;
		expect(sourceMapUrl(`${code}\n//# sourceMappingURL=old\n//# sourceMappingURL=${url}\n`)).toBe(url);
		const found = await loadSourceMap(position().file, url, false);
		expect(found && mapPosition(found, position())).toEqual(source());
	});

	it.each(["", "null", "[]", '{"version":3}', '{"version":3,"sources":[1],"mappings":""}', '{"version":3,"sources":[],"mappings":"%%%"}'])(
		"say nothing when they are no maps (%j)",
		async (text) => {
			const url = `data:application/json;base64,${Buffer.from(text).toString("base64")}`;
			const found = await loadSourceMap(script, url, true);
			expect(found && mapPosition(found, position())).toBeNull();
		},
	);

	it("are not looked for where there are none", async () => {
		expect(sourceMapUrl("const a = 1; // sourceMappingURL=x")).toBeNull();
		expect(await loadSourceMap(script, "missing.map", true)).toBeNull();
		expect(await loadSourceMap("evalmachine.<anonymous>", "a.map", true)).toBeNull();
	});

	it("take paths as they are, and URLs of files as paths", () => {
		expect(pathOf("/a b/c.js")).toBe("/a b/c.js");
		expect(pathOf("file:///a%20b/c.js")).toBe("/a b/c.js");
		expect(pathOf("file://%/")).toBe("file://%/");
	});
});
