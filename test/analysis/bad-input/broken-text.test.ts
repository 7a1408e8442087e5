import { describe, expect, it } from "vitest";
import { textAt } from "../../rules/found.js";
import { check, PRISMA_7, places } from "../../rules/support.js";

const CLIENT = 'import { PrismaClient } from "@prisma/client";\n';
const HANDLER = 'app.get("/", async () => new PrismaClient().room.count());\n';

describe("text that does not parse", () => {
	it.each([
		["a statement that breaks off", `${CLIENT}${HANDLER}const next = prisma.`],
		["an open block", `${CLIENT}${HANDLER}export function open() {\n  if (ready) {\n`],
		["an open string", `${CLIENT}${HANDLER}const name = "half`],
		["an open template and an open comment", `${CLIENT}${HANDLER}const text = \`\${a\n/* and`],
		["a merge conflict", `${CLIENT}<<<<<<< HEAD\n${HANDLER}=======\n${HANDLER.replace("/", "/b")}>>>>>>> main\n`],
		["a call that is being typed", `${CLIENT}${HANDLER}app.get("/b", async (req`],
		["types in JavaScript's place", `${CLIENT}${HANDLER}let x: = ;;; } ) ]`],
	])("still tells the leak in what does: %s", async (_, text) => {
		const findings = await check({ "src/server.ts": text });
		expect(places(findings, "client-per-call").length).toBeGreaterThan(0);
	});

	it("is read whatever length it has reached", async () => {
		const text = `${CLIENT}class A { #p = new PrismaClient({ log: [\`a\${1}\`] }); async *b() { for await (const x of this.#p.$on("query", (e) => this.c?.push(e))) yield x } }\n${HANDLER}`;
		const lengths = Array.from(text, (_, length) => [`src/cut${length}.ts`, text.slice(0, length)]);
		expect(places(await check(Object.fromEntries(lengths)), "client-per-call")).toContain(`src/cut${text.length - 1}.ts:3`);
	}, 60_000);

	it.each([
		["brackets", `new PrismaClient(${"[".repeat(4_000)}${"]".repeat(4_000)});`],
		["sums", `new PrismaClient({ log: ${Array(9_000).fill("a").join(" + ")} });`],
		["calls", `new PrismaClient()${".$extends(x)".repeat(60)};`],
		["functions", `${"(() => ".repeat(700)}new PrismaClient()${")()".repeat(700)};`],
		["blocks", `${"if (x) {".repeat(900)}new PrismaClient();${"}".repeat(900)}`],
		["aliases", `${Array.from({ length: 3_000 }, (_, index) => `const p${index + 1} = p${index};`).join("\n")}`],
		["subclasses", `${Array.from({ length: 900 }, (_, index) => `class A${index + 1} extends A${index} {}`).join("\n")}`],
		["callers", `${Array.from({ length: 900 }, (_, index) => `function f${index + 1}() { return f${index}(); }`).join("\n")}`],
	])("or that is nested without end spoils nothing beside it: %s", async (_, text) => {
		const findings = await check({
			"src/deep.ts": `${CLIENT}class A0 extends PrismaClient {}\nconst p0 = new A0();\nfunction f0() { return p0; }\n${text}`,
			"src/server.ts": CLIENT + HANDLER,
		});
		expect(places(findings, "client-per-call")).toContain("src/server.ts:2");
	});
});

describe("positions", () => {
	const PADDING = "const emoji = '😀👩‍👩‍👧'; /* 𝒳 */ ";

	it.each([
		["a byte order mark", (text: string) => `\u{feff}${text}`],
		["CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
		["CR alone", (text: string) => text.replaceAll("\n", "\r")],
		["both in turns", (text: string) => text.replace("\n", "\r\n")],
		["a byte order mark and CRLF", (text: string) => `\u{feff}${text.replaceAll("\n", "\r\n")}`],
		["line separators in a string", (text: string) => text.replace("// note", "// note\u2028 and \u2029 more")],
	])("hold with %s", async (_, change) => {
		const plain = `import { PrismaClient } from "@prisma/client"; export const prisma = new PrismaClient({ transactionOptions: { maxWait: 30_000 } });\n// note\n${PADDING}app.get("/", async () => new PrismaClient().room.count());\n`;
		const expected = await check({ "src/server.ts": plain });
		expect(places(expected, "transaction-timeout")).toEqual(["src/server.ts:1"]);
		expect(places(expected, "client-per-call")).toEqual(["src/server.ts:3"]);
		expect(await check({ "src/server.ts": change(plain) })).toEqual(expected);
	});

	it("count an astral character as two, as editors do", async () => {
		const files = { "src/server.ts": `${CLIENT}${PADDING}app.get("/", async () => new PrismaClient().room.count());\n` };
		const [finding] = (await check(files)).filter(({ rule }) => rule === "client-per-call");
		expect(finding && textAt(files, finding)).toBe("new PrismaClient");
	});

	it.each([
		["a byte order mark", (text: string) => `\u{feff}${text}`],
		["CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
	])("hold with %s in schemas, env files and manifests", async (_, change) => {
		const files = {
			"package.json": PRISMA_7.replaceAll("7.10.0", "6.12.0"),
			".env": 'DATABASE_URL="postgresql://a:b@db.example/hotel?connection_limit=40"\nOTHER=1\n',
			"prisma/schema.prisma":
				'generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ["metrics"]\n}\ndatasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
			"src/db.ts": `${CLIENT}export const prisma = new PrismaClient();\n`,
		};
		const expected = await check(files);
		expect(expected.map(({ rule, line }) => `${rule}:${line}`)).toEqual(["pool-size:1", "metrics-preview:3"]);
		expect(await check(Object.fromEntries(Object.entries(files).map(([file, text]) => [file, change(text)])))).toEqual(expected);
	});
});
