import { cp, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openProject } from "../../../src/analysis/index.js";
import { DEFAULT_SETTINGS, PROFILES } from "../../../src/config/index.js";

const EXAMPLE = join(import.meta.dirname, "../../../examples/leaky-hotel");
const EDITS = 25;

/** What a start found, and whether it read the sources to find it. */
interface Start {
	readonly findings: string;
	readonly isWarm: boolean;
}

describe("a workspace with a cache", () => {
	let root: string;
	let dir: string;

	beforeEach(async () => {
		root = await mkdtemp(join(tmpdir(), "leak-lens-"));
		dir = await mkdtemp(join(tmpdir(), "leak-lens-cache-"));
		await cp(EXAMPLE, root, { recursive: true, filter: (path) => !path.includes("node_modules") && !path.includes("generated") });
	});
	afterEach(async () => {
		await rm(root, { recursive: true, force: true });
		await rm(dir, { recursive: true, force: true });
	});

	async function start(build = "1", settings = DEFAULT_SETTINGS): Promise<Start> {
		const project = openProject(root, settings, { dir, build });
		await project.scan();
		const { findings, summary, unread, timing } = project.report();
		return { findings: JSON.stringify([findings, summary, unread]), isWarm: "restore" in timing };
	}

	async function cold(): Promise<string> {
		const project = openProject(root);
		await project.scan();
		const { findings, summary, unread } = project.report();
		return JSON.stringify([findings, summary, unread]);
	}

	async function sources(): Promise<string[]> {
		const entries = await readdir(join(root, "src"), { recursive: true });
		return entries.filter((entry) => entry.endsWith(".ts")).map((entry) => join(root, "src", entry));
	}

	it("takes over what the start before found", async () => {
		const first = await start();
		const second = await start();
		expect([first.isWarm, second.isWarm]).toEqual([false, true]);
		expect(second.findings).toBe(first.findings);
		expect(JSON.parse(first.findings)[0].length).toBeGreaterThan(5);
	});

	it("knows a text again that was written anew", async () => {
		await start();
		for (const path of await sources()) await utimes(path, new Date(), new Date(Date.now() + 60_000));
		expect((await start()).isWarm).toBe(true);
	});

	it("reads everything anew after another build, other settings and a cache that was cut short or deleted", async () => {
		await start();
		expect((await start("2")).isWarm).toBe(false);
		expect((await start("2", { ...DEFAULT_SETTINGS, profile: PROFILES.development })).isWarm).toBe(false);
		await start();
		const [name = ""] = await readdir(dir);
		const text = await readFile(join(dir, name), "utf8");
		await writeFile(join(dir, name), text.slice(0, text.length / 2));
		expect((await start()).isWarm).toBe(false);
		await rm(dir, { recursive: true });
		expect((await start()).isWarm).toBe(false);
		expect((await start()).isWarm).toBe(true);
	});

	it("sees changes of a manifest and of a compiler configuration", async () => {
		await start();
		const manifest = join(root, "package.json");
		await writeFile(manifest, (await readFile(manifest, "utf8")).replace(/"name": *"/, "$&x-"));
		expect((await start()).isWarm).toBe(false);
		await writeFile(join(root, "tsconfig.json"), '{"compilerOptions":{"baseUrl":"./src"}}');
		expect((await start()).isWarm).toBe(false);
	});

	it("answers edits, hints and fixes after a warm start as after a cold one", async () => {
		await start();
		const warm = openProject(root, DEFAULT_SETTINGS, { dir, build: "1" });
		await warm.scan();
		const fresh = openProject(root);
		await fresh.scan();
		for (const finding of fresh.findings()) {
			expect(warm.fixes(finding)).toEqual(fresh.fixes(finding));
			expect(warm.hints(finding.file)).toEqual(fresh.hints(finding.file));
		}
		const again = openProject(root, DEFAULT_SETTINGS, { dir, build: "1" });
		await again.scan();
		const [file = ""] = fresh.findings().map((finding) => finding.file);
		for (const project of [again, fresh]) project.setText(file, "export const nothing = 1;\n");
		expect(again.findings()).toEqual(fresh.findings());
	});

	it(`finds the same as a cold scan after each of ${EDITS} edits on disk`, async () => {
		const files = await sources();
		for (let turn = 0; turn < EDITS; turn++) {
			const path = files[(turn * 7) % files.length] ?? "";
			const lines = (await readFile(path, "utf8")).split("\n");
			lines.splice((turn * 13) % lines.length, turn % 3, ...(turn % 2 === 0 ? ["// typed"] : []));
			await writeFile(path, lines.join("\n"));
			const edited = await start();
			expect(edited.findings, `turn ${turn}`).toBe(await cold());
			expect(await start()).toEqual({ findings: edited.findings, isWarm: true });
		}
	}, 60_000);

	it("keeps no text of a source and no URL", async () => {
		const [path = ""] = await sources();
		await writeFile(path, `${await readFile(path, "utf8")}\nexport const url = "postgresql://clerk:hunter2@db.hotel:5432/rooms";\n`);
		await start();
		const [name = ""] = await readdir(dir);
		const kept = await readFile(join(dir, name), "utf8");
		expect(kept).not.toMatch(/hunter2|postgresql:|import \{/);
	});
});
