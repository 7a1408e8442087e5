import { readUrl, type UrlReading } from "./url.js";

export interface ParsedGenerator {
	readonly name: string;
	readonly provider: string;
	/** As written: relative to the file's folder. */
	readonly output: string | null;
	readonly engineType: string | null;
	readonly previewFeatures: readonly string[];
	/** Where each of them stands, quotes included: offsets in the text. */
	readonly previewPlaces: readonly { readonly feature: string; readonly start: number; readonly end: number }[];
}

export interface ParsedDatasource {
	readonly provider: string | null;
	readonly urlVariable: string | null;
	/** What a URL written into the schema says. */
	readonly url: UrlReading | null;
	/** Offsets of the URL as written, such as `env("DATABASE_URL")`; null when none is given. */
	readonly urlPlace: { readonly start: number; readonly end: number } | null;
}

/** One `.prisma` file; a schema may have several. */
export interface ParsedSchema {
	readonly generators: readonly ParsedGenerator[];
	readonly datasource: ParsedDatasource | null;
	readonly models: number;
}

/** Reads what the analysis needs from a schema, broken ones too; never throws. */
export function parseSchema(text: string): ParsedSchema {
	const clean = blankComments(text);
	const generators: ParsedGenerator[] = [];
	let datasource: ParsedDatasource | null = null;
	let models = 0;
	const block = /^[ \t]*(generator|datasource|model|view)\s+(\w+)\s*\{/gm;
	for (let match = block.exec(clean); match !== null; match = block.exec(clean)) {
		const [opening, kind, name = ""] = match;
		if (kind === "model" || kind === "view") {
			models++;
			continue;
		}
		const body = { text: clean, start: match.index + opening.length, end: blockEnd(clean, match.index + opening.length) };
		if (kind === "generator") generators.push(readGenerator(name, body));
		else datasource ??= readDatasource(body);
	}
	return { generators, datasource, models };
}

/** The first block that has no end, as `model Room`, with the offset of its head; null when all have. */
export function openBlock(text: string): { readonly name: string; readonly start: number } | null {
	const code = blankComments(text).replace(/"(?:[^"\\\n]|\\.)*"/g, (part) => " ".repeat(part.length));
	let open: { name: string; start: number } | null = null;
	for (const match of code.matchAll(/^[ \t]*((?:generator|datasource|model|view|enum|type)[ \t]+\w+)\s*\{|\}/gm)) {
		const name = match[1];
		if (name === undefined) open = null;
		else if (open === null) open = { name: name.replace(/\s+/, " "), start: match.index };
		else return open;
	}
	return open;
}

interface Block {
	readonly text: string;
	readonly start: number;
	readonly end: number;
}

function readGenerator(name: string, block: Block): ParsedGenerator {
	const previews = entryOf(block, "previewFeatures");
	const places = [...(previews?.value.matchAll(/"(\w+)"/g) ?? [])].map((match) => {
		const start = (previews?.start ?? 0) + match.index;
		return { feature: match[1] ?? "", start, end: start + match[0].length };
	});
	return {
		name,
		provider: stringOf(block, "provider")?.value ?? "",
		output: stringOf(block, "output")?.value ?? null,
		engineType: stringOf(block, "engineType")?.value ?? null,
		previewFeatures: places.map(({ feature }) => feature),
		previewPlaces: places,
	};
}

function readDatasource(block: Block): ParsedDatasource {
	const url = entryOf(block, "url");
	const literal = stringOf(block, "url");
	return {
		provider: stringOf(block, "provider")?.value ?? null,
		urlVariable: url?.value.match(/^env\(\s*"([^"]+)"/)?.[1] ?? null,
		url: literal === null ? null : readUrl(literal.value, literal.start),
		urlPlace: url === null ? null : { start: url.start, end: url.start + url.value.length },
	};
}

interface Value {
	readonly value: string;
	readonly start: number;
}

function entryOf(block: Block, key: string): Value | null {
	const line = new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*`, "gm");
	line.lastIndex = block.start;
	const match = line.exec(block.text);
	if (match === null || match.index >= block.end) return null;
	const start = match.index + match[0].length;
	const lineEnd = block.text.indexOf("\n", start);
	const isList = block.text[start] === "[";
	const end = isList ? block.text.indexOf("]", start) + 1 : lineEnd;
	return { value: block.text.slice(start, end <= 0 ? block.end : Math.min(end, block.end)).trim(), start };
}

function stringOf(block: Block, key: string): Value | null {
	const found = entryOf(block, key);
	const match = found?.value.match(/^"((?:[^"\\]|\\.)*)"/);
	return found && match?.[1] !== undefined ? { value: match[1], start: found.start + 1 } : null;
}

function blockEnd(text: string, from: number): number {
	const end = text.indexOf("\n}", from);
	const sameLine = text.indexOf("}", from);
	return end >= 0 ? end : sameLine >= 0 ? sameLine : text.length;
}

/** Comments become spaces, so that offsets stay. Strings are kept: URLs hold `//`. */
function blankComments(text: string): string {
	return text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
		part.startsWith('"') ? part : part.replace(/[^\n]/g, " "),
	);
}
