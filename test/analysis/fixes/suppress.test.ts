import { afterEach, describe, expect, it } from "vitest";
import { type Analysis, openProject } from "../../../src/analysis/index.js";
import type { Finding, FixOutcome } from "../../../src/protocol/index.js";
import { PRISMA_6 } from "../../rules/support.js";
import { type DiskWorkspace, writeWorkspace } from "../../support/disk-workspace.js";
import { apply } from "./workspace.js";

const HEAD = `import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.js";
`;

const workspaces: DiskWorkspace[] = [];
afterEach(() => Promise.all(workspaces.splice(0).map((workspace) => workspace.remove())));

async function scan(file: string, text: string): Promise<Analysis> {
	const workspace = await writeWorkspace({ "package.json": PRISMA_6, [file]: text });
	workspaces.push(workspace);
	const analysis = openProject(workspace.root);
	await analysis.scan();
	return analysis;
}

function poolSize(analysis: Analysis): Finding {
	const finding = analysis.findings().find(({ rule }) => rule === "pool-size");
	if (finding === undefined) throw new Error(`No pool-size among ${JSON.stringify(analysis.findings())}.`);
	return finding;
}

async function outcome(id: string, text: string, file: string): Promise<FixOutcome> {
	const analysis = await scan(file, text);
	const found = analysis.suppressions(poolSize(analysis)).find((each) => (each.kind === "fix" ? each.fix.id : each.id) === id);
	if (found === undefined) throw new Error(`There is no ${id}.`);
	return found;
}

/** The text after the comment was made; what is found then is said to be nothing but what was found besides. */
async function suppressed(id: string, text: string, file = "src/db.tsx"): Promise<string> {
	const made = await outcome(id, text, file);
	if (made.kind === "refused") throw new Error(made.reason);
	const after = apply(new Map([[file, text]]), made.fix.changes).get(file) ?? "";
	const rules = (await scan(file, after)).findings().map(({ rule }) => rule);
	expect(rules, after).not.toContain("pool-size");
	expect(rules, after).not.toContain("unused-suppression");
	return after;
}

describe("suppressing a finding for its line", () => {
	const LINE = "prisma-leak-lens-disable-next-line pool-size";

	it("has a title with its object, and is never preferred", async () => {
		expect(await outcome("suppress-line", `${HEAD}export const adapter = new PrismaPg({ max: 12 });\n`, "src/db.ts")).toMatchObject({
			kind: "fix",
			fix: { title: "Suppress pool-size for this line", preferred: false },
		});
	});

	it.each([
		[
			"a statement",
			"export const adapter = new PrismaPg({ max: 12 });\n",
			`// ${LINE}\nexport const adapter = new PrismaPg({ max: 12 });\n`,
		],
		[
			"a statement of several lines, as far in as the line is",
			"export const adapter = new PrismaPg({\n\tconnectionString: url,\n\tmax: 12,\n});\n",
			`export const adapter = new PrismaPg({\n\tconnectionString: url,\n\t// ${LINE}\n\tmax: 12,\n});\n`,
		],
		[
			"JSX",
			"export const Page = () => (\n  <main>\n    {query(new PrismaPg({ max: 12 }))}\n  </main>\n);\n",
			`export const Page = () => (\n  <main>\n    {/* ${LINE} */}\n    {query(new PrismaPg({ max: 12 }))}\n  </main>\n);\n`,
		],
		[
			"an attribute of JSX",
			"export const Page = () => (\n  <Rooms\n    from={new PrismaPg({ max: 12 })}\n  />\n);\n",
			`export const Page = () => (\n  <Rooms\n    // ${LINE}\n    from={new PrismaPg({ max: 12 })}\n  />\n);\n`,
		],
		[
			"a template's last line, behind it",
			// The comment of a line above would be part of the text.
			`export const rooms = \`\n\${new PrismaPg({ max: 12 })}\`;\n`,
			`export const rooms = \`\n\${new PrismaPg({ max: 12 })}\`; // prisma-leak-lens-disable-line pool-size\n`,
		],
		[
			"a line under a comment of another tool",
			"\t// ours\n\t// eslint-disable-next-line no-new\n\tnew PrismaPg({ max: 12 });\n",
			`\t// ours\n\t// ${LINE}\n\t// eslint-disable-next-line no-new\n\tnew PrismaPg({ max: 12 });\n`,
		],
		[
			"a line that has such a comment already",
			"// prisma-leak-lens-disable-next-line pool-timeouts -- one worker\nexport const adapter = new PrismaPg({ max: 12 });\n",
			"// prisma-leak-lens-disable-next-line pool-timeouts, pool-size -- one worker\nexport const adapter = new PrismaPg({ max: 12 });\n",
		],
		[
			"a line with Windows line ends",
			"export const a = 1;\r\nexport const adapter = new PrismaPg({ max: 12 });\r\n",
			`export const a = 1;\r\n// ${LINE}\r\nexport const adapter = new PrismaPg({ max: 12 });\r\n`,
		],
	])("adds a comment to %s", async (_name, before, after) => {
		const head = before.includes("\r\n") ? HEAD.replaceAll("\n", "\r\n") : HEAD;
		expect(await suppressed("suppress-line", head + before)).toBe(head + after);
	});

	it("is refused where a comment would be part of a text", async () => {
		const text = `${HEAD}export const rooms = \`\n\${new PrismaPg({ max: 12 })}\n\`;\n`;
		expect(await outcome("suppress-line", text, "src/db.ts")).toMatchObject({
			kind: "refused",
			reason: expect.stringContaining("inside a text"),
		});
	});

	it("adds the comments of env files and schemas", async () => {
		const url = "postgresql://localhost:5432/hotel?connection_limit=40";
		expect(await suppressed("suppress-line", `A=1\nDATABASE_URL=${url}\n`, ".env")).toBe(`A=1\n# ${LINE}\nDATABASE_URL=${url}\n`);
		const schema = (comment: string): string => `datasource db {\n  provider = "postgresql"\n${comment}  url = "${url}"\n}\n`;
		expect(await suppressed("suppress-line", schema(""), "prisma/schema.prisma")).toBe(schema(`  // ${LINE}\n`));
	});
});

describe("suppressing a rule in a file", () => {
	const CODE = `${HEAD}export const adapter = new PrismaPg({ max: 12 });\n`;

	it.each([
		["at the top", CODE, `// prisma-leak-lens-disable-file pool-size\n${CODE}`],
		[
			"below the interpreter's line",
			`#!/usr/bin/env node\n${CODE}`,
			`#!/usr/bin/env node\n// prisma-leak-lens-disable-file pool-size\n${CODE}`,
		],
		["above a directive", `"use server";\n${CODE}`, `// prisma-leak-lens-disable-file pool-size\n"use server";\n${CODE}`],
		[
			"in the comment that is there",
			`/* prisma-leak-lens-disable-file pool-timeouts */\n${CODE}`,
			`/* prisma-leak-lens-disable-file pool-timeouts, pool-size */\n${CODE}`,
		],
	])("adds a comment %s", async (_name, before, after) => {
		expect(await suppressed("suppress-file", before)).toBe(after);
	});
});

it("offers no comment against what is said of comments", async () => {
	const analysis = await scan("src/db.ts", "// prisma-leak-lens-disable-file\n");
	const [finding] = analysis.findings();
	expect(finding?.rule).toBe("unused-suppression");
	if (finding !== undefined) expect(analysis.suppressions(finding)).toEqual([]);
});
