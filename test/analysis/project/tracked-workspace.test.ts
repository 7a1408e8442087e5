import { beforeEach, describe, expect, it } from "vitest";
import { Derivations, Table } from "../../../src/analysis/incremental/index.js";
import { TrackedWorkspace } from "../../../src/analysis/project/tracked-workspace.js";
import { type LiveWorkspace, loadWorkspace } from "../../../src/analysis/workspace/index.js";
import { DEFAULT_SETTINGS } from "../../../src/config/index.js";
import { writeTree } from "../workspace/tree.js";

const manifest = (name: string, prisma: string, more = {}) =>
	JSON.stringify({ name, dependencies: { "@prisma/client": prisma }, devDependencies: { prisma }, ...more });

const FILES: Readonly<Record<string, string>> = {
	"package.json": JSON.stringify({ name: "root", workspaces: ["a", "b"] }),
	"a/package.json": manifest("a", "6.19.0"),
	"a/.env": "DATABASE_URL=postgresql://db.test:5432/a?connection_limit=5\n",
	"a/src/a.ts": "export const a = 1;",
	"b/package.json": manifest("b", "6.19.0"),
	"b/src/b.ts": "export const b = 1;",
};

let live: LiveWorkspace;

beforeEach(async () => {
	live = await loadWorkspace(await writeTree(FILES), DEFAULT_SETTINGS);
});

/** Prisma's version by file and the number of URL settings, and what of these was worked out since it was last asked. */
function answers() {
	const derivations = new Derivations();
	const workspace = new TrackedWorkspace(live, derivations);
	const versions = new Table<string, string | null>(derivations);
	const settings = new Table<"all", readonly number[]>(derivations);
	let worked: string[] = [];
	const ask = () => {
		worked = [];
		const versionOf = (file: string) =>
			versions.get(file, () => {
				worked.push(file);
				return workspace.packageOf(file).prismaVersion;
			});
		const limits = settings.get("all", () => {
			worked.push("urls");
			return workspace.urlSettings.map(({ value }) => value);
		});
		return { a: versionOf("a/src/a.ts"), b: versionOf("b/src/b.ts"), limits, worked };
	};
	return { workspace, ask };
}

describe("what rests on a workspace", () => {
	it("is worked out again only for the package whose manifest says something else", () => {
		const { workspace, ask } = answers();
		expect(ask()).toMatchObject({ a: "6.19.0", b: "6.19.0", limits: [5] });
		live.setText("a/package.json", manifest("a", "7.10.0"));
		expect(workspace.follow()).toBe(true);
		expect(ask()).toEqual({ a: "7.10.0", b: "6.19.0", limits: [5], worked: ["a/src/a.ts"] });
	});

	it("is worked out again only for its databases when an env file names another limit", () => {
		const { workspace, ask } = answers();
		ask();
		live.setText("a/.env", "DATABASE_URL=postgresql://db.test:5432/a?connection_limit=50\n");
		expect(workspace.follow()).toBe(true);
		expect(ask()).toMatchObject({ limits: [50], worked: ["urls"] });
	});

	it.each([
		["a package's name", "a/package.json", manifest("renamed", "6.19.0")],
		["what a package exports", "a/package.json", manifest("a", "6.19.0", { exports: "./src/a.ts" })],
		["what a script runs", "a/package.json", manifest("a", "6.19.0", { scripts: { "db:seed": "tsx src/a.ts" } })],
		["a dependency on another package of the workspace", "a/package.json", manifest("a", "6.19.0", { devDependencies: { b: "*" } })],
	])("begins anew with %s", (_what, file, text) => {
		const { workspace } = answers();
		live.setText(file, text);
		expect(workspace.follow()).toBe(false);
	});

	it("begins anew with a compiler configuration", () => {
		const { workspace } = answers();
		live.setText("tsconfig.json", "{}");
		expect(workspace.follow()).toBe(false);
	});
});
