import type { Framework, Package } from "../workspace/types.js";
import type { ClientPlace } from "./client-place.js";
import { dedented } from "./lines.js";
import { dotenvLines, importLines } from "./module-imports.js";
import type { ModuleParts, ModuleText } from "./module-parts.js";
import type { Source } from "./source.js";
import type { Style } from "./style.js";

/** Development servers that load modules anew at each edit: without a guard every reload would leave a client behind. */
const HOT_RELOADING: readonly Framework[] = ["next", "nuxt", "remix", "sveltekit", "astro", "solidstart"];

export function isHotReloading({ frameworks }: Package): boolean {
	return HOT_RELOADING.some((framework) => frameworks.has(framework));
}

/** The text of the module that makes the one shared client, as Prisma documents it, in the style of the file it came from. */
export function plainModule(parts: ModuleParts): ModuleText {
	const { source, style, place, carried } = parts;
	const { semicolon: end, newLine } = style;
	const isEsm = style.modules !== "commonjs";
	const constants = carried.constants.map((constant) => `const ${dedented(source.text, constant.getStart(), constant.end)}${end}`);
	const made = dedented(source.text, place.made.getStart(), place.made.end);
	const client = isHotReloading(parts.package)
		? guarded(source, style, place, made)
		: [`${isEsm ? "export " : ""}const prisma = ${made}${end}`];
	const body = [...(constants.length > 0 ? [constants.join(newLine)] : []), ...client];
	const exports = isEsm ? [] : [`module.exports = { prisma }${end}`];
	const imports = [...dotenvLines(source, style, [...constants, made].join("")), ...importLines(parts, carried.imports)];
	return { text: [imports.join(newLine), ...body, ...exports].join(newLine + newLine) + newLine, notes: [] };
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
