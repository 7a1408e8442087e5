import { describe, expect, it } from "vitest";
import { openProject } from "../../../src/analysis/index.js";
import { DEFAULT_SETTINGS, type Settings } from "../../../src/config/index.js";
import { check, type Files, PRISMA_6 } from "../../rules/support.js";
import { writeWorkspace } from "../../support/disk-workspace.js";

const HEAD = `import "dotenv/config";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.js";
`;
const TAIL = "export const prisma = new PrismaClient({ adapter });\n";

/** A pool of 12 connections, which pool-size finds on the line of `max`, with these comments around it. */
const pool = (above: string, behind = "", below = ""): string =>
	`${HEAD}${above}const adapter = new PrismaPg({ max: 12, connectionTimeoutMillis: 5000 });${behind}\n${below}${TAIL}`;

/** `rule:line` for each finding of a file. */
async function found(text: string, file = "src/db.ts", settings?: Settings): Promise<readonly string[]> {
	const findings = await check({ [file]: text }, settings);
	return findings.filter((finding) => finding.file === file).map(({ rule, line }) => `${rule}:${line}`);
}

/** What is said of the comments of a file. */
async function said(text: string, file = "src/db.ts"): Promise<readonly string[]> {
	const findings = await check({ [file]: text });
	return findings.filter(({ rule }) => rule === "unused-suppression").map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe("a comment", () => {
	it.each([
		["for the next line", pool("// prisma-leak-lens-disable-next-line pool-size\n")],
		["for the next line, in a block", pool("/* prisma-leak-lens-disable-next-line pool-size */\n")],
		["with a reason", pool("// prisma-leak-lens-disable-next-line pool-size -- metrics-preview, one worker only\n")],
		["of several rules", pool("// prisma-leak-lens-disable-next-line pool-size,pool-size\n")],
		["of all rules", pool("// prisma-leak-lens-disable-next-line\n")],
		[
			"over other comments",
			pool("// prisma-leak-lens-disable-next-line pool-size\n// eslint-disable-next-line no-magic-numbers\n/* ours */\n"),
		],
		["for its line", pool("", " // prisma-leak-lens-disable-line pool-size")],
		["for its line, within it", pool("/* prisma-leak-lens-disable-line pool-size */ ")],
		["for its file", pool("", "", "// prisma-leak-lens-disable-file pool-size\n")],
		["for what is below it", pool("/* prisma-leak-lens-disable pool-size */\n")],
		["for a block", pool("// prisma-leak-lens-disable pool-size\n", "", "// prisma-leak-lens-enable pool-size\n")],
		["for a block of all rules", pool("// prisma-leak-lens-disable\n", "", "// prisma-leak-lens-enable\n")],
		["for a block that a comment of all rules ends", pool("// prisma-leak-lens-disable pool-size\n", "", "// prisma-leak-lens-enable\n")],
		["with Windows line ends", pool("// prisma-leak-lens-disable-next-line pool-size\n").replaceAll("\n", "\r\n")],
	])("%s silences the rule there", async (_name, text) => {
		expect(await found(pool(""))).toEqual(["pool-size:4"]);
		expect(await found(text)).toEqual([]);
	});

	it.each([
		["of another rule", pool("// prisma-leak-lens-disable-next-line pool-timeouts\n"), ["unused-suppression:4", "pool-size:5"]],
		["of another line", pool("// prisma-leak-lens-disable-line pool-size\n"), ["unused-suppression:4", "pool-size:5"]],
		["over a blank line", pool("// prisma-leak-lens-disable-next-line pool-size\n\n"), ["unused-suppression:4", "pool-size:6"]],
		[
			"whose block has ended",
			pool("// prisma-leak-lens-disable pool-size\n// prisma-leak-lens-enable\n"),
			["unused-suppression:4", "unused-suppression:5", "pool-size:6"],
		],
		["that says more before it", pool("// see prisma-leak-lens-disable-next-line pool-size\n"), ["pool-size:5"]],
		["in a comment", pool("/* so: // prisma-leak-lens-disable-next-line pool-size\n*/"), ["pool-size:5"]],
		["of no known form", pool("// prisma-leak-lens-disable-next-lines pool-size\n"), ["pool-size:5"]],
	])("%s does not", async (_name, text, left) => {
		expect(await found(text)).toEqual(left);
	});

	it("that is a string, a template, a text of JSX or a regular expression is none", async () => {
		const file = "src/db.tsx";
		expect(await found(pool('const a = "// prisma-leak-lens-disable-file";\n'), file)).toEqual(["pool-size:5"]);
		expect(await found(pool("const a = `\n// prisma-leak-lens-disable-file\n`;\n"), file)).toEqual(["pool-size:7"]);
		expect(await found(pool(`const a = \`\${1}\n/* prisma-leak-lens-disable-file */\${2}\`;\n`), file)).toEqual(["pool-size:6"]);
		expect(await found(pool("const a = <p>\n// prisma-leak-lens-disable-file\n</p>;\n"), file)).toEqual(["pool-size:7"]);
		expect(await found(pool("const a = <p>// prisma-leak-lens-disable-file\n</p>;\n"), file)).toEqual(["pool-size:6"]);
		expect(await found(pool("const a = /[/]* prisma-leak-lens-disable-file/;\n"), file)).toEqual(["pool-size:5"]);
	});

	it.each([
		`const a = \`\${/* prisma-leak-lens-disable-file */ 1}\`;`,
		"const a = <p>{/* prisma-leak-lens-disable-file */}</p>;",
		"const a = <p title=\n// prisma-leak-lens-disable-file\n'x' />;",
		"function a(\n// prisma-leak-lens-disable-file\n) {}",
		"const a = [1, 2 // prisma-leak-lens-disable-file\n];",
		"class A { // prisma-leak-lens-disable-file\n}",
		"const a = { // prisma-leak-lens-disable-file\n};",
	])("is one wherever code may have a comment: %s", async (code) => {
		expect(await found(pool(`${code}\n`), "src/db.tsx")).toEqual([]);
	});
});

describe("a comment in a file that is no source", () => {
	const url = "postgresql://localhost:5432/hotel?connection_limit=40";

	it.each([
		["above", `# prisma-leak-lens-disable-next-line pool-size -- big box\nDATABASE_URL=${url}\n`],
		["behind", `DATABASE_URL=${url} # prisma-leak-lens-disable-line pool-size\n`],
		["of the file", `DATABASE_URL="${url}"\r\n# prisma-leak-lens-disable-file\r\n`],
	])("silences a rule in an env file: %s", async (_name, text) => {
		expect(await found(`DATABASE_URL=${url}\n`, ".env")).toEqual(["pool-size:1"]);
		expect(await found(text, ".env")).toEqual([]);
	});

	it("silences a rule in a schema", async () => {
		const schema = (above = "", behind = ""): string =>
			`datasource db {\n  provider = "postgresql"\n${above}  url = "${url}"${behind}\n}\n`;
		const file = "prisma/schema.prisma";
		expect(await found(schema(), file)).toEqual(["pool-size:3"]);
		expect(await found(schema("  /// prisma-leak-lens-disable-next-line pool-size\n"), file)).toEqual([]);
		expect(await found(schema("", " // prisma-leak-lens-disable-line pool-size"), file)).toEqual([]);
	});

	it("is none in quotes", async () => {
		expect(await found(`NOTE="# prisma-leak-lens-disable-file"\nDATABASE_URL=${url}\n`, ".env")).toEqual(["pool-size:2"]);
	});
});

describe("a comment that silences nothing", () => {
	it("is said to, in words for its form", async () => {
		expect(await said("// prisma-leak-lens-disable-next-line pool-size\nexport const a = 1;\n")).toEqual([
			"1:1 pool-size finds nothing on line 2. Remove it here.",
		]);
		expect(await said("// prisma-leak-lens-disable-file pool-size, metrics-preview\n")).toEqual([
			"1:1 pool-size finds nothing in this file. Remove it here. metrics-preview finds nothing in this file. Remove it here.",
		]);
		expect(await said("// prisma-leak-lens-disable\n")).toEqual(["1:1 No rule finds anything in these lines. Remove the comment."]);
		expect(await said("// prisma-leak-lens-enable\n")).toEqual([
			"1:1 Nothing is suppressed above that this comment could enable again. Remove it.",
		]);
	});

	it("is said to at the name, where it silences other rules", async () => {
		expect(await said(pool("// prisma-leak-lens-disable-next-line pool-size, metrics-preview\n"))).toEqual([
			"4:50 metrics-preview finds nothing on line 5. Remove it here.",
		]);
	});

	it("is told the rule it may mean", async () => {
		expect(await said(pool("// prisma-leak-lens-disable-next-line pool-size, pool-timeout because\n"))).toEqual([
			'4:50 There is no rule "pool-timeout"; did you mean "pool-timeouts"? A reason comes after --.',
			'4:63 There is no rule "because". A reason comes after --.',
		]);
	});

	it("is let be where its rule is off, and reports as the settings want", async () => {
		const text = pool("// prisma-leak-lens-disable-next-line pool-size, metrics-preview\n");
		const rules = (levels: Settings["rules"]): Settings => ({ ...DEFAULT_SETTINGS, rules: levels });
		expect(await found(text, "src/db.ts", rules({ "metrics-preview": "off" }))).toEqual([]);
		expect(await found(text, "src/db.ts", rules({ "unused-suppression": "off" }))).toEqual([]);
		const findings = await check({ "src/db.ts": text }, rules({ "unused-suppression": "error" }));
		expect(findings).toMatchObject([{ rule: "unused-suppression", severity: "error", fixes: ["remove-suppression"] }]);
	});
});

it("counts what is silenced, from the cache too, and follows edits", async () => {
	const files: Files = {
		"package.json": PRISMA_6,
		"src/db.ts": pool("// prisma-leak-lens-disable-next-line pool-size\n"),
		".env": "A=1\n",
	};
	const workspace = await writeWorkspace(files);
	const cache = await writeWorkspace({});
	const folder = { dir: cache.root, build: "1" };
	const cold = openProject(workspace.root, DEFAULT_SETTINGS, folder);
	await cold.scan();
	expect(cold.report()).toMatchObject({ findings: [], summary: { suppressed: 1 } });
	const warm = openProject(workspace.root, DEFAULT_SETTINGS, folder);
	await warm.scan();
	expect(warm.report()).toMatchObject({ findings: [], summary: { suppressed: 1 } });
	warm.setText("src/db.ts", pool(""));
	expect(warm.report()).toMatchObject({ findings: [{ rule: "pool-size", line: 4 }], summary: { suppressed: 0 } });
	warm.setText("src/db.ts", pool("// prisma-leak-lens-disable-next-line\n"));
	expect(warm.report()).toMatchObject({ findings: [], summary: { suppressed: 1 } });
	warm.setText(".env", "# prisma-leak-lens-disable-file\n");
	expect(warm.findings(".env")).toHaveLength(1);
	await Promise.all([workspace.remove(), cache.remove()]);
});
