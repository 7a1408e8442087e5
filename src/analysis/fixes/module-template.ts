import type { Framework, Package } from "../workspace/types.js";
import type { Carried, NeededImport } from "./carried.js";
import type { ClientPlace } from "./client-place.js";
import { lineStart } from "./lines.js";
import { rebased } from "./placement.js";
import type { Source } from "./source.js";
import type { Style } from "./style.js";

/** Development servers that load modules anew at each edit: without a guard every reload would leave a client behind. */
const HOT_RELOADING: readonly Framework[] = ["next", "nuxt", "remix", "sveltekit", "astro", "solidstart"];

/** The text of the module that makes the one shared client, as Prisma documents it, in the style of the file it came from. */
export function moduleText(path: string, source: Source, style: Style, place: ClientPlace, carried: Carried, owner: Package): string {
	const { semicolon: end, newLine } = style;
	const isEsm = style.modules !== "commonjs";
	const constants = carried.constants.map((constant) => `const ${dedented(source, constant.getStart(), constant.end)}${end}`);
	const made = dedented(source, place.made.getStart(), place.made.end);
	const isHot = HOT_RELOADING.some((framework) => owner.frameworks.has(framework));
	const client = isHot ? guarded(source, style, place, made) : [`${isEsm ? "export " : ""}const prisma = ${made}${end}`];
	const body = [...(constants.length > 0 ? [constants.join(newLine)] : []), ...client];
	const exports = isEsm ? [] : [`module.exports = { prisma }${end}`];
	const imports = importLines(
		path,
		source,
		style,
		carried,
		[...constants, made].some((text) => text.includes("process.env")),
	);
	return [imports.join(newLine), ...body, ...exports].join(newLine + newLine) + newLine;
}

function guarded(source: Source, style: Style, place: ClientPlace, made: string): string[] {
	const { semicolon: end, newLine, quote, indent } = style;
	const isEsm = style.modules !== "commonjs";
	// A client with options or extensions has a type of its own, which only a function can name.
	const isPlain = place.made === place.creation && (place.creation.arguments ?? []).length === 0;
	const make = isPlain ? made : "createPrismaClient()";
	const type = isPlain ? place.creation.expression.getText() : "ReturnType<typeof createPrismaClient>";
	const store = source.isTypeScript ? `globalThis as unknown as { prisma?: ${type} }` : "globalThis";
	const body = made.replaceAll("\n", `\n${indent}`);
	return [
		...(isPlain ? [] : [`function createPrismaClient() {${newLine}${indent}return ${body}${end}${newLine}}`]),
		`const globalForPrisma = ${store}${end}`,
		`${isEsm ? "export " : ""}const prisma = globalForPrisma.prisma ?? ${make}${end}`,
		`if (process.env.NODE_ENV !== ${quote}production${quote}) globalForPrisma.prisma = prisma${end}`,
	];
}

function importLines(path: string, source: Source, style: Style, carried: Carried, readsEnvironment: boolean): string[] {
	const { quote, semicolon: end } = style;
	// The new module is loaded before the file's own statements run, so it must read .env itself where the file did.
	const loadsDotenv = readsEnvironment && /["']dotenv(\/config)?["']/.test(source.text);
	const dotenv =
		style.modules === "commonjs" ? `require(${quote}dotenv${quote}).config()${end}` : `import ${quote}dotenv/config${quote}${end}`;
	const bySpecifier = new Map<string, NeededImport[]>();
	for (const needed of carried.imports) {
		const specifier = rebased(needed.specifier, source.path, path);
		bySpecifier.set(specifier, [...(bySpecifier.get(specifier) ?? []), needed]);
	}
	const sorted = [...bySpecifier].sort(([a], [b]) => Number(a.startsWith(".")) - Number(b.startsWith(".")) || (a < b ? -1 : 1));
	return [...(loadsDotenv ? [dotenv] : []), ...sorted.flatMap(([specifier, needed]) => importsOf(style, specifier, needed))];
}

function importsOf(style: Style, specifier: string, needed: readonly NeededImport[]): string[] {
	const { quote, semicolon: end } = style;
	const from = `${quote}${specifier}${quote}`;
	const isCommonJs = style.modules === "commonjs";
	const named = needed.filter(({ imported }) => !["*", "default", "export="].includes(imported));
	const names = named
		.map(({ imported, local }) => (imported === local ? local : `${imported}${isCommonJs ? ": " : " as "}${local}`))
		.join(", ");
	const whole = needed.flatMap(({ imported, local }) => {
		if (isCommonJs && imported === "default") return [`const { default: ${local} } = require(${from})${end}`];
		if (isCommonJs && (imported === "*" || imported === "export=")) return [`const ${local} = require(${from})${end}`];
		if (imported === "*") return [`import * as ${local} from ${from}${end}`];
		if (imported === "default") return [`import ${local} from ${from}${end}`];
		return imported === "export=" ? [wholeModule(style, local, from)] : [];
	});
	if (names === "") return whole;
	return [...whole, isCommonJs ? `const { ${names} } = require(${from})${end}` : `import { ${names} } from ${from}${end}`];
}

function wholeModule({ modules, semicolon }: Style, local: string, from: string): string {
	return modules === "import-equals" ? `import ${local} = require(${from})${semicolon}` : `import * as ${local} from ${from}${semicolon}`;
}

/** Source text moved to the left margin. */
function dedented(source: Source, start: number, end: number): string {
	const line = source.text.slice(lineStart(source.text, start), start);
	const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
	return source.text.slice(start, end).replaceAll(`\n${indent}`, "\n");
}
