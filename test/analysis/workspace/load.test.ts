import { rmSync } from "node:fs";
import { rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Exclusions } from "../../../src/analysis/workspace/exclusions.js";
import { loadWorkspace, type Workspace } from "../../../src/analysis/workspace/index.js";
import { walk } from "../../../src/analysis/workspace/walk.js";
import { DEFAULT_SETTINGS } from "../../../src/config/index.js";
import { addFiles, type Files, load, SCHEMA, writeTree } from "./tree.js";

const paths = (workspace: Workspace): string[] => workspace.sources.map((source) => source.path);

describe("the files of a workspace", () => {
	it("are its TypeScript and JavaScript sources, in path order", async () => {
		const workspace = await load({
			"b.ts": "",
			"a.tsx": "",
			"c.mts": "",
			"d.cts": "",
			"e.js": "",
			"f.jsx": "",
			"g.mjs": "",
			"h.cjs": "",
			"types.d.ts": "",
			"types.d.mts": "",
			"style.d.css.ts": "",
			"readme.md": "",
		});
		expect(paths(workspace)).toEqual(["a.tsx", "b.ts", "c.mts", "d.cts", "e.js", "f.jsx", "g.mjs", "h.cjs"]);
	});

	it("leave out dependencies, build output and caches", async () => {
		const workspace = await load({
			"node_modules/x/index.js": "",
			"packages/a/node_modules/x/index.js": "",
			".git/hooks/x.js": "",
			"dist/x.js": "",
			"build/x.js": "",
			"out/x.js": "",
			".next/server/x.js": "",
			".svelte-kit/x.js": "",
			".output/x.js": "",
			"coverage/x.js": "",
			"vendor/x.js": "",
			"src/x.ts": "",
		});
		expect(paths(workspace)).toEqual(["src/x.ts"]);
	});

	it("keep folders of those names inside a source tree, where people write", async () => {
		expect(paths(await load({ "src/build/plan.ts": "", "src/dist/x.js": "" }))).toEqual(["src/build/plan.ts"]);
	});

	it("obey .gitignore files on every level, the nearest first", async () => {
		const workspace = await load({
			".gitignore": "ignored/\n*.gen.ts\n",
			"ignored/a.ts": "",
			"src/b.gen.ts": "",
			"src/keep/.gitignore": "!*.gen.ts\nsecret.ts\n",
			"src/keep/c.gen.ts": "",
			"src/keep/secret.ts": "",
			"src/d.ts": "",
		});
		expect(paths(workspace)).toEqual(["src/d.ts", "src/keep/c.gen.ts"]);
	});

	it("obey the .gitignore of the repository around a workspace that is part of it", async () => {
		const root = await writeTree({ ".git/HEAD": "", ".gitignore": "apps/web/local/\n", "apps/web/local/a.ts": "", "apps/web/b.ts": "" });
		expect(paths(await loadWorkspace(join(root, "apps/web"), DEFAULT_SETTINGS))).toEqual(["b.ts"]);
	});

	it("are listed when the repository around ignores the workspace itself", async () => {
		const root = await writeTree({ ".git/HEAD": "", ".gitignore": "playground\n", "playground/a.ts": "" });
		expect(paths(await loadWorkspace(join(root, "playground"), DEFAULT_SETTINGS))).toEqual(["a.ts"]);
	});

	it("leave out what the user excludes", async () => {
		expect(paths(await load({ "legacy/a.ts": "", "src/b.ts": "", "src/c.story.ts": "" }, ["legacy/**", "*.story.ts"]))).toEqual([
			"src/b.ts",
		]);
	});

	it("do not follow links in circles", async () => {
		const root = await writeTree({ "src/a.ts": "" });
		await symlink(root, join(root, "src/loop"));
		expect(paths(await loadWorkspace(root, DEFAULT_SETTINGS))).toEqual(["src/a.ts"]);
	});

	it("report what is too large or minified instead of reading it", async () => {
		const workspace = await load({ "big.js": "x".repeat(1_500_001), "jquery.min.js": "", "a.js": "" });
		expect(paths(workspace)).toEqual(["a.js"]);
		expect(workspace.unread).toEqual([
			{ file: "big.js", reason: "It is larger than 1.5 MB." },
			{ file: "jquery.min.js", reason: "It is minified." },
		]);
	});

	it("report a folder that cannot be read, and go on", async () => {
		const root = await writeTree({ "gone/a.ts": "", "src/b.ts": "" });
		class Vanishing extends Exclusions {
			override excludesFolder(path: string): boolean {
				if (path === "gone") rmSync(join(root, "gone"), { recursive: true });
				return false;
			}
		}
		const listing = await walk(root, new Vanishing(root, []));
		expect(listing.sources.map((source) => source.path)).toEqual(["src/b.ts"]);
		expect(listing.unread).toEqual([{ file: "gone", reason: "The folder could not be read: ENOENT." }]);
	});

	it("are not listed on when the caller gives up", async () => {
		const root = await writeTree({ "a.ts": "" });
		await expect(loadWorkspace(root, DEFAULT_SETTINGS, AbortSignal.abort(new Error("closed")))).rejects.toThrow("closed");
	});
});

describe("an update", () => {
	const FILES: Files = { "package.json": { dependencies: { "@prisma/client": "6.1.0" } }, "prisma/schema.prisma": SCHEMA, "src/a.ts": "1" };

	it("tells changed, new and deleted sources apart from files that say nothing", async () => {
		const workspace = await load(FILES);
		await addFiles(workspace.root, { "src/a.ts": "22", "src/b.ts": "", "notes.md": "", "dist/c.js": "" });
		const change = await workspace.update(["src/a.ts", "src/b.ts", "notes.md", "dist/c.js"]);
		expect(change).toEqual({ sources: ["src/a.ts", "src/b.ts"], listing: true, model: false });
		expect(workspace.sources).toMatchObject([{ path: "src/a.ts", size: 2 }, { path: "src/b.ts" }]);
		await rm(join(workspace.root, "src/b.ts"));
		expect(await workspace.update(["src/b.ts"])).toEqual({ sources: ["src/b.ts"], listing: true, model: false });
		expect(workspace.has("src/b.ts")).toBe(false);
	});

	it("keeps the listing when a source only changed", async () => {
		const workspace = await load(FILES);
		await addFiles(workspace.root, { "src/a.ts": "other" });
		expect(await workspace.update(["src/a.ts"])).toEqual({ sources: ["src/a.ts"], listing: false, model: false });
	});

	it("rebuilds the packages when a manifest, schema or env file changes", async () => {
		const workspace = await load(FILES);
		await addFiles(workspace.root, {
			"package.json": { dependencies: { "@prisma/client": "7.10.0" } },
			".env": "DATABASE_URL=postgres://u:p@db:5432/x?connection_limit=7\n",
		});
		expect(await workspace.update(["package.json", ".env"])).toEqual({ sources: [], listing: false, model: true });
		expect(workspace.packageOf("src/a.ts")).toMatchObject({ prismaMajor: 7, engine: "client" });
		expect(workspace.urlSettings).toMatchObject([{ name: "connection_limit", value: 7 }]);
	});

	it("moves files to a package that appears above them", async () => {
		const workspace = await load({ "apps/api/src/a.ts": "" });
		expect(workspace.packageOf("apps/api/src/a.ts").dir).toBe("");
		await addFiles(workspace.root, { "apps/api/package.json": { name: "api" } });
		await workspace.update(["apps/api/package.json"]);
		expect(workspace.packageOf("apps/api/src/a.ts")).toMatchObject({ dir: "apps/api", name: "api" });
	});

	it("lists anew when a .gitignore changes", async () => {
		const workspace = await load({ "src/a.ts": "", "old/b.ts": "" });
		await addFiles(workspace.root, { ".gitignore": "old/\n" });
		expect(await workspace.update([".gitignore"])).toEqual({ sources: ["old/b.ts"], listing: true, model: true });
		expect(paths(workspace)).toEqual(["src/a.ts"]);
	});

	it("passes over what a walk would pass over, and reads env files that are git-ignored", async () => {
		const workspace = await load({ ...FILES, ".gitignore": ".env\ngen/\n" });
		const url = "DATABASE_URL=postgres://db/x?connection_limit=7\n";
		const ignored = { "node_modules/x/.env": url, "node_modules/x/a.ts": "", "gen/deep/b.ts": "", "gen/.env": url };
		await addFiles(workspace.root, { ...ignored, ".env": url });
		expect(await workspace.update(Object.keys(ignored))).toEqual({ sources: [], listing: false, model: false });
		expect(await workspace.update([".env"])).toEqual({ sources: [], listing: false, model: true });
		expect(workspace.urlSettings.map((setting) => setting.file)).toEqual([".env"]);
	});

	it("ends where a fresh start would", async () => {
		const workspace = await load(FILES);
		await addFiles(workspace.root, {
			"lib/package.json": { name: "lib" },
			"lib/x.ts": "",
			"prisma/more.prisma": "model Guest {\n  id Int @id\n}\n",
		});
		await rm(join(workspace.root, "src/a.ts"));
		await workspace.update(["lib/package.json", "lib/x.ts", "prisma/more.prisma", "src/a.ts"]);
		const fresh = await loadWorkspace(workspace.root, DEFAULT_SETTINGS);
		expect(paths(workspace)).toEqual(paths(fresh));
		expect(workspace.packages).toEqual(fresh.packages);
		expect(workspace.unread).toEqual(fresh.unread);
	});
});

describe("unsaved text", () => {
	it("of an env file counts until it is taken away", async () => {
		const workspace = await load({ ".env": "DATABASE_URL=postgres://db/x?connection_limit=5" });
		expect(workspace.setText(".env", "DATABASE_URL=postgres://db/x?connection_limit=25")).toBe(true);
		expect(workspace.urlSettings[0]?.value).toBe(25);
		expect(workspace.setText(".env", undefined)).toBe(true);
		expect(workspace.urlSettings[0]?.value).toBe(5);
	});

	it("survives a save of another version until it is taken away", async () => {
		const workspace = await load({ ".env": "DATABASE_URL=postgres://db/x?connection_limit=5" });
		workspace.setText(".env", "DATABASE_URL=postgres://db/x?connection_limit=25");
		await workspace.update([".env"]);
		expect(workspace.urlSettings[0]?.value).toBe(25);
	});

	it("of a half-typed package.json leaves the model as it was", async () => {
		const workspace = await load({ "package.json": { name: "app", dependencies: { "@prisma/client": "6.1.0" } } });
		expect(workspace.setText("package.json", '{"name": "app", "depen')).toBe(false);
		expect(workspace.packageOf("a.ts").prismaMajor).toBe(6);
	});

	it("of a source changes nothing here", async () => {
		expect((await load({ "a.ts": "" })).setText("a.ts", "x")).toBe(false);
	});
});
