/** What `prisma.config.ts` says, read from its text: the file is code, and running it would be somebody else's code. */
export interface PrismaConfig {
	/** Schema file or folder, relative to the config file, as written. */
	readonly schema: string | null;
	readonly seed: string | null;
	/** Name of the environment variable the datasource's URL is read from. */
	readonly urlVariable: string | null;
	/** Offsets of the datasource's URL as written, such as `env("DATABASE_URL")`; null when none is given. */
	readonly url: { readonly start: number; readonly end: number } | null;
}

const URL = /\burl\s*:\s*(env\(\s*["'`](\w+)["'`]\s*\)|process\.env(?:\.(\w+)|\[["'`](\w+)["'`]\])|["'`][^"'`\n]*["'`])/d;

export function parsePrismaConfig(text: string): PrismaConfig {
	const code = blankComments(text);
	const url = URL.exec(code);
	const [start, end] = url?.indices?.[1] ?? [];
	return {
		schema: schemaOf(code),
		seed: stringAfter(code, "seed"),
		urlVariable: url?.slice(2).find(Boolean) ?? null,
		url: start === undefined || end === undefined ? null : { start, end },
	};
}

/** Comments become spaces, so that offsets stay. */
function blankComments(text: string): string {
	return text.replace(/(["'`])(?:[^\\\n]|\\.)*?\1|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
		part.startsWith("/") ? part.replace(/[^\n]/g, " ") : part,
	);
}

function schemaOf(code: string): string | null {
	const joined = /\bschema\s*:\s*(?:\w+\.)?(?:join|resolve)\(([^)]*)\)/.exec(code)?.[1];
	if (joined === undefined) return stringAfter(code, "schema");
	return joined.match(/(?<=(["'`]))[^"'`,]+(?=\1)/g)?.join("/") ?? null;
}

function stringAfter(code: string, key: string): string | null {
	return new RegExp(`\\b${key}\\s*:\\s*(["'\`])(.+?)\\1`).exec(code)?.[2] ?? null;
}
