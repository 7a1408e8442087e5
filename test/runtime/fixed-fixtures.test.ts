import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { projectRoot } from "../../scripts/lib/paths.js";
import { without } from "../../scripts/lib/tree-checker.js";
import { FIX_KINDS } from "../../src/analysis/fixes/index.js";
import { type Fixture, readFixtures } from "../analysis/fixes/fixture.js";
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

const fixtures = Object.keys(FIX_KINDS).flatMap(readFixtures);
const cases = ["6.19.3", "7.10.0"].flatMap((version) =>
	(["ts", "js"] as const).map((language) => ({
		version,
		language,
		fixtures: fixtures.filter((fixture) => fixture.kind.startsWith(language) && isFor(fixture, version)),
	})),
);

describe.each(cases)(
	"What fixes make in $language, against a client that Prisma $version really generated",
	({ version, language, fixtures }) => {
		const typeErrors = (some: readonly Fixture[], filesOf: (fixture: Fixture) => Files) => compile(version, language, some, filesOf);

		it("has no type error that was not there before", async () => {
			expect(fixtures.length).toBeGreaterThan(5);
			const before = await typeErrors(fixtures, (fixture) => fixture.before);
			const after = await typeErrors(fixtures, ({ before: files, after: fixed }) => new Map([...files, ...fixed]));
			for (const { name } of fixtures) expect(without(after.get(name) ?? [], before.get(name) ?? []), name).toEqual([]);
		}, 300_000);

		it("would show one", async () => {
			const broken = `import { PrismaClient } from "@prisma/client";\nexport const users = new PrismaClient().user.findEverything();\n`;
			const errors = await typeErrors(fixtures.slice(0, 1), ({ before }) => new Map([...before, [`src/broken.${language}`, broken]]));
			expect([...errors.values()].flat()).toContainEqual(expect.stringContaining("findEverything"));
		}, 300_000);
	},
);

/** The version that the fixture's package declares. */
function isFor({ before }: Fixture, version: string): boolean {
	return before.get("package.json")?.includes(`"@prisma/client": "^${version.slice(0, version.lastIndexOf("."))}`) ?? false;
}

/** Errors by fixture, without the lines they stand on. */
async function compile(
	version: string,
	language: "ts" | "js",
	fixtures: readonly Fixture[],
	filesOf: (fixture: Fixture) => Files,
): Promise<Map<string, string[]>> {
	const folder = await mkdtemp(join(tmpdir(), "leak-lens-types-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	await symlink(join(await generatedClient(version), "node_modules"), join(folder, "node_modules"));
	// Untyped JavaScript is what most people write.
	const compilerOptions = { ...COMPILER_OPTIONS, noImplicitAny: language === "ts" };
	await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, exclude: ["node_modules"] }));
	for (const fixture of fixtures) {
		for (const [path, text] of filesOf(fixture)) {
			if (!/\.[mc]?[jt]sx?$/.test(path)) continue;
			const full = join(folder, fixture.name, path);
			await mkdir(dirname(full), { recursive: true });
			await writeFile(full, text.replaceAll(/(["'])@\//g, `$1@/${fixture.name}/src/`));
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
		const owner = fixtures.find(({ name }) => path.startsWith(`${name}/`))?.name ?? path;
		found.set(owner, [...(found.get(owner) ?? []), message]);
	}
	return found;
}
