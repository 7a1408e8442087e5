import type { NeededImport } from "./carried.js";
import type { ModuleParts } from "./module-parts.js";
import { rebased } from "./placement.js";
import type { Source } from "./source.js";
import type { Style } from "./style.js";

/** The import lines of a module, whose specifiers are given as the file writes them that its client came from. */
export function importLines({ path, source, style }: ModuleParts, imports: readonly NeededImport[]): string[] {
	const bySpecifier = new Map<string, NeededImport[]>();
	for (const needed of imports) {
		const specifier = rebased(needed.specifier, source.path, path);
		bySpecifier.set(specifier, [...(bySpecifier.get(specifier) ?? []), needed]);
	}
	const sorted = [...bySpecifier].sort(([a], [b]) => Number(a.startsWith(".")) - Number(b.startsWith(".")) || (a < b ? -1 : 1));
	return sorted.flatMap(([specifier, needed]) => importsOf(style, specifier, needed));
}

/** The new module is loaded before the file's own statements run, so it must read .env itself where the file did. */
export function dotenvLines(source: Source, { modules, quote, semicolon: end }: Style, code: string): string[] {
	if (!code.includes("process.env") || !/["']dotenv(\/config)?["']/.test(source.text)) return [];
	return [modules === "commonjs" ? `require(${quote}dotenv${quote}).config()${end}` : `import ${quote}dotenv/config${quote}${end}`];
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
