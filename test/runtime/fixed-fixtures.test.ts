import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { projectRoot } from "../../scripts/lib/paths.js";
import { without } from "../../scripts/lib/tree-checker.js";
import { FIX_KINDS } from "../../src/analysis/fixes/index.js";
import type { Analysis } from "../../src/analysis/index.js";
import type { FileChange } from "../../src/protocol/index.js";
import { type Fixture, KINDS, readFixtures } from "../analysis/fixes/fixture.js";
import { scan } from "../analysis/fixes/scan.js";
import { apply } from "../analysis/fixes/workspace.js";
import { generatedClient } from "./support/generated-client.js";

type Files = ReadonlyMap<string, string>;

const COMPILER_OPTIONS = {
	strict: true,
	target: "es2022",
	lib: ["es2023", "esnext.disposable"],
	module: "preserve",
	moduleResolution: "bundler",
	allowJs: true,
	checkJs: true,
	experimentalDecorators: true,
	skipLibCheck: true,
	noEmit: true,
	allowImportingTsExtensions: true,
	types: ["node"],
	paths: { "@/*": ["./*"], "@generated/client": ["./node_modules/@prisma/client"] },
};

const fixtures = Object.keys(FIX_KINDS).flatMap((fix) => readFixtures(fix).map((fixture) => ({ ...fixture, fix })));

/** A fixture in a package with some version of Prisma, as its fix leaves it. */
interface Fixed {
	readonly fixture: (typeof fixtures)[number];
	readonly before: Files;
	readonly after: Files;
}

describe.each(["6.19.3", "7.10.0"])("What fixes make, in packages with Prisma %s", (version) => {
	const fixed: Fixed[] = [];
	const errorsOf = (language: "ts" | "js", some: readonly Fixed[], filesOf: (each: Fixed) => Files) =>
		compile(
			version,
			language,
			some.map((each) => ({ name: each.fixture.name, files: filesOf(each) })),
		);

	it("leaves nothing to fix", async () => {
		for (const fixture of fixtures) {
			const before = new Map([...fixture.before, ["package.json", withVersion(fixture, version)]]);
			const changes = changesOf(await scan(before), fixture.fix);
			// Some settings belong to one generation of Prisma alone.
			if (changes === null) continue;
			const after = apply(before, changes);
			expect(changesOf(await scan(after), fixture.fix), fixture.name).toBeNull();
			fixed.push({ fixture, before, after });
		}
	}, 300_000);

	it("covers every fix in each language and kind of module", () => {
		const covered = new Set(fixed.map(({ fixture }) => `${fixture.fix} ${fixture.kind}`));
		const wanted = Object.keys(FIX_KINDS).flatMap((fix) => KINDS.map((kind) => `${fix} ${kind}`));
		expect(wanted.filter((cell) => !covered.has(cell))).toEqual([]);
	});

	describe.each(["ts", "js"] as const)("against a client that this version really generated, in %s", (language) => {
		const ofLanguage = () => fixed.filter(({ fixture }) => fixture.kind.startsWith(language));

		it("has no type error that was not there before", async () => {
			const before = await errorsOf(language, ofLanguage(), (each) => each.before);
			const after = await errorsOf(language, ofLanguage(), (each) => each.after);
			for (const { fixture } of ofLanguage())
				expect(without(after.get(fixture.name) ?? [], before.get(fixture.name) ?? []), fixture.name).toEqual([]);
		}, 300_000);

		it("would show one", async () => {
			const broken = `import { PrismaClient } from "@prisma/client";\nexport const users = new PrismaClient().user.findEverything();\n`;
			const errors = await errorsOf(
				language,
				ofLanguage().slice(0, 1),
				({ before }) => new Map([...before, [`src/broken.${language}`, broken]]),
			);
			expect([...errors.values()].flat()).toContainEqual(expect.stringContaining("findEverything"));
		}, 300_000);
	});
});

/** The fixture's manifest with another version of Prisma and its adapters. */
function withVersion({ before }: Fixture, version: string): string {
	const manifest = before.get("package.json") ?? "";
	return manifest.replaceAll(/("(?:prisma|@prisma\/(?:client|adapter-[\w-]+))": ")[^"]*/g, `$1${version}`);
}

function changesOf(analysis: Analysis, fix: string): readonly FileChange[] | null {
	const { outcome } = analysis.fixAll({ fix }, { kind: "workspace" });
	return outcome.kind === "fix" ? outcome.fix.changes : null;
}

/** Errors by fixture, without the lines they stand on. */
async function compile(
	version: string,
	language: "ts" | "js",
	workspaces: readonly { readonly name: string; readonly files: Files }[],
): Promise<Map<string, string[]>> {
	const folder = await mkdtemp(join(tmpdir(), "leak-lens-types-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	await symlink(join(await generatedClient(version), "node_modules"), join(folder, "node_modules"));
	// Untyped JavaScript is what most people write.
	const compilerOptions = { ...COMPILER_OPTIONS, noImplicitAny: language === "ts" };
	await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, exclude: ["node_modules"] }));
	for (const { name, files } of workspaces) {
		for (const [path, text] of files) {
			if (!/\.[mc]?[jt]sx?$/.test(path)) continue;
			const full = join(folder, name, path);
			await mkdir(dirname(full), { recursive: true });
			await writeFile(full, text.replaceAll(/(["'])@\//g, `$1@/${name}/src/`));
		}
	}
	const compiler = join(projectRoot, "node_modules", "typescript", "bin", "tsc");
	const { stdout } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.json", "--pretty", "false"], {
		cwd: folder,
		encoding: "utf8",
		maxBuffer: 1e8,
	});
	const found = new Map<string, string[]>();
	for (const [, path = "", message = ""] of stdout.matchAll(/^(.+?)\(\d+,\d+\): error (.*)$/gm)) {
		const owner = workspaces.find(({ name }) => path.startsWith(`${name}/`))?.name ?? path;
		found.set(owner, [...(found.get(owner) ?? []), message]);
	}
	return found;
}
