import { readFile, stat } from "node:fs/promises";
import JSZip from "jszip";
import { expect, inject, it } from "vitest";

const MAX_BYTES = 6 * 1024 * 1024;

/** What a person needs to install: bundles, the pages that commands open, and what the manifest refers to. */
const SHIPPED = [
	/^extension\/package\.json$/,
	/^extension\/package\.nls\.json$/,
	/^extension\/l10n\/bundle\.l10n\.json$/,
	/^extension\/(readme|changelog)\.md$/,
	/^extension\/LICENSE\.txt$/,
	/^extension\/dist\/(extension|language-client|server|monitor|load|cli|ts-morph|webview)\.js$/,
	/^extension\/dist\/webview\.css$/,
	/^extension\/dist\/THIRD-PARTY-NOTICES\.txt$/,
	/^extension\/docs\/.+\.(md|json)$/,
	/^extension\/media\/.+\.(svg|png)$/,
	/^extension\/schemas\/.+\.json$/,
	/^extension\/snippets\/.+\.json$/,
	/^(extension\.vsixmanifest|\[Content_Types\]\.xml)$/,
];

it("the packaged extension is small, and nothing in it is unneeded", async () => {
	const path = inject("vsix");
	const names = Object.values((await JSZip.loadAsync(await readFile(path))).files)
		.filter(({ dir }) => !dir)
		.map(({ name }) => name);
	expect(names.filter((name) => !SHIPPED.some((shipped) => shipped.test(name)))).toEqual([]);
	for (const shipped of SHIPPED) expect(names.filter((name) => shipped.test(name))).not.toEqual([]);
	expect((await stat(path)).size).toBeLessThan(MAX_BYTES);
});
