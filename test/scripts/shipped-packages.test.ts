import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { shippedPackages } from "../../scripts/lib/shipped-packages.js";

describe("the packages that ship with the extension", () => {
	const roots: string[] = [];

	afterEach(() => Promise.all(roots.splice(0).map((root) => rm(root, { recursive: true }))));

	async function install(packages: Readonly<Record<string, Readonly<Record<string, string>>>>): Promise<string> {
		const root = await mkdtemp(join(tmpdir(), "leak-lens-"));
		roots.push(root);
		for (const [name, files] of Object.entries(packages)) {
			await mkdir(join(root, "node_modules", name), { recursive: true });
			for (const [file, text] of Object.entries(files)) await writeFile(join(root, "node_modules", name, file), text);
		}
		return root;
	}

	const manifest = (name: string, license?: string) => ({
		"package.json": JSON.stringify({ name, version: "1.0.0", license, author: "A <a@b.example>" }),
	});

	it("are those whose files are in a bundle, also nested ones, each with its texts", async () => {
		const root = await install({
			pool: { ...manifest("pool", "MIT"), LICENSE: "the licence", "NOTICE.txt": "a notice" },
			"pool/node_modules/@scope/wire": manifest("@scope/wire", "ISC"),
			unused: manifest("unused", "MIT"),
		});
		expect(
			await shippedPackages(root, ["src/a.ts", "node_modules/pool/lib/x.js", "node_modules/pool/node_modules/@scope/wire/y.js"]),
		).toEqual([
			{
				name: "@scope/wire",
				version: "1.0.0",
				license: "ISC",
				texts: ["Copyright (c) A\n\nLicensed under the ISC license: https://spdx.org/licenses/ISC.html"],
			},
			{ name: "pool", version: "1.0.0", license: "MIT", texts: ["the licence", "a notice"] },
		]);
	});

	it.each(["GPL-3.0-only", undefined])("must not be under %s", async (license) => {
		const root = await install({ pool: manifest("pool", license) });
		await expect(shippedPackages(root, ["node_modules/pool/index.js"])).rejects.toThrow("pool 1.0.0 ships with the extension under");
	});
});
