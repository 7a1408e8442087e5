/** What `prisma.config.ts` says, read from its text: the file is code, and running it would be somebody else's code. */
export interface PrismaConfig {
	/** Schema file or folder, relative to the config file, as written. */
	readonly schema: string | null;
	readonly seed: string | null;
	/** Name of the environment variable the datasource's URL is read from. */
	readonly urlVariable: string | null;
}

export function parsePrismaConfig(text: string): PrismaConfig {
	const code = text.replace(/(["'`])(?:[^\\\n]|\\.)*?\1|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) => (part.startsWith("/") ? "" : part));
	return { schema: schemaOf(code), seed: stringAfter(code, "seed"), urlVariable: urlVariableOf(code) };
}

function schemaOf(code: string): string | null {
	const joined = /\bschema\s*:\s*(?:\w+\.)?(?:join|resolve)\(([^)]*)\)/.exec(code)?.[1];
	if (joined === undefined) return stringAfter(code, "schema");
	return joined.match(/(?<=(["'`]))[^"'`,]+(?=\1)/g)?.join("/") ?? null;
}

function stringAfter(code: string, key: string): string | null {
	return new RegExp(`\\b${key}\\s*:\\s*(["'\`])(.+?)\\1`).exec(code)?.[2] ?? null;
}

function urlVariableOf(code: string): string | null {
	return /\burl\s*:\s*(?:env\(\s*["'`](\w+)["'`]|process\.env(?:\.(\w+)|\[["'`](\w+)["'`]\]))/.exec(code)?.slice(1).find(Boolean) ?? null;
}
