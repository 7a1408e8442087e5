import { describe, expect, it } from "vitest";
import { extractFacts, type FileFacts } from "../../../src/analysis/facts/index.js";

const read = (text: string, path = "src/a.ts"): FileFacts => extractFacts(path, text);
const slice = (text: string, span: { readonly start: number; readonly end: number } | undefined): string | undefined =>
	span && text.slice(span.start, span.end);

describe("facts of a file", () => {
	it("bind every form of import to its module and name", () => {
		const facts = read(`import a, { b, c as d } from "x";\nimport * as e from "y";\nimport f = require("z");\nimport type { G } from "t";`);
		expect(facts.bindings.map(({ name, imported }) => [name, imported?.specifier, imported?.name])).toEqual([
			["a", "x", "default"],
			["b", "x", "b"],
			["d", "x", "c"],
			["e", "y", "*"],
			["f", "z", "*"],
			["G", "t", "G"],
		]);
		expect(facts.imports.map(({ specifier, typeOnly }) => [specifier, typeOnly])).toEqual([
			["x", false],
			["y", false],
			["z", false],
			["t", true],
		]);
	});

	it("say where a value goes", () => {
		const facts = read(
			`const a = new X();\nlet b; b = new X();\ncall(new X());\nfunction f() { return new X(); }\nclass C { d = new X(); }\nnew X().go();\nconst o = { key: new X() };\nexport default new X();\nnew X();`,
		);
		expect(facts.news.map(({ sink }) => sink.k)).toEqual([
			"variable",
			"assign",
			"argument",
			"return",
			"field",
			"receiver",
			"property",
			"export",
			"discarded",
		]);
	});

	it("keep the conditions a place runs under, an early return's among them", () => {
		const facts = read(`let c;\nfunction f() {\n  if (c) return c;\n  for (;;) { try { c = new X(); } catch {} }\n}`);
		expect(facts.news[0]?.context.map((step) => (step.k === "branch" ? `${step.op}${step.negated ? " not" : ""}` : step.k))).toEqual([
			"try",
			"loop",
			"if not",
		]);
	});

	it("point at the token in the text, also behind a BOM and CRLF", () => {
		const text = `\uFEFF// first\r\nconst prisma = new PrismaClient({\r\n  log: [],\r\n});\r\n`;
		const facts = read(text);
		expect(slice(text, facts.news[0]?.span)).toBe("new PrismaClient({\r\n  log: [],\r\n})");
		expect(slice(text, facts.news[0]?.calleeSpan)).toBe("PrismaClient");
		expect(facts.lineStarts).toEqual([0, 11, 46, 58, 63]);
	});

	it("follow CommonJS exports", () => {
		const facts = read(`const p = 1;\nmodule.exports = { p };\nexports.q = p;\nmodule.exports.r = p;\n`, "a.js");
		expect(facts.exports.map(({ name }) => name)).toEqual(["export=", "q", "r"]);
		expect(facts.usesEsm).toBe(false);
	});

	it("see through await, as, satisfies and parentheses", () => {
		const facts = read(`export const a = (await (make() as X)) satisfies Y;`);
		expect(facts.bindings[0]?.init).toEqual({ k: "call", id: 0 });
		expect(facts.calls[0]?.awaited).toBe(true);
	});

	it("let an inner name hide an outer one", () => {
		const facts = read(`const prisma = 1;\nrun(async (prisma) => prisma.go());`);
		const parameter = facts.bindings.findIndex((binding) => binding.kind === "parameter");
		const go = facts.calls.find((call) => call.callee.k === "member" && call.callee.name === "go");
		expect(go?.callee).toMatchObject({ k: "member", of: { k: "binding", id: parameter } });
	});

	it("are plain data: the same after a round trip through JSON", () => {
		const facts = read(`import { a } from "b";\nexport class C { constructor(private x = new a.B({ max: 5 * 2 })) {} }\n`);
		expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
	});
});

describe("facts of what cannot be right", () => {
	it.each([
		["half-typed code", `const prisma = new PrismaClient(\nfunction f( {`],
		["an empty file", ""],
		["no code at all", "\u0000\u0001\u0002 %PDF-1.4 \uFFFD"],
		["a merge conflict", "<<<<<<< HEAD\nconst a = new PrismaClient();\n=======\nconst a = 1;\n>>>>>>> other\n"],
		["an unclosed template", "const a = `${new PrismaClient(`"],
		["nothing but operators", "= = ?? || => new"],
	])("%s: no exception", (_form, text) => {
		expect(() => read(text)).not.toThrow();
	});

	it("keep what could be read and count the errors", () => {
		const facts = read(`const prisma = new PrismaClient();\nconst broken = {;\n`);
		expect(facts.news).toHaveLength(1);
		expect(facts.syntaxErrors).toBeGreaterThan(0);
	});

	it("of a sum of 20,000 terms do not overflow the stack", () => {
		expect(() => read(`const a = ${Array.from({ length: 20_000 }, (_, index) => `"${index}"`).join(" + ")};`)).not.toThrow();
	});
});
