import { readUrl, type UrlReading } from "./url.js";

/** A variable of an env file that holds a database URL, or what may be kept of it. */
export interface EnvUrl {
	readonly variable: string;
	readonly reading: UrlReading;
}

/** Reads the database URLs of an env file. The text holds secrets: nothing but the readings leaves this function. */
export function parseEnvFile(text: string): EnvUrl[] {
	const plain = new Map<string, string>();
	const found: EnvUrl[] = [];
	const line = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|`([^`\n]*)`|([^\n]*?)(?=\s+#|\s*$))/gm;
	for (const match of text.matchAll(line)) {
		const [whole, variable = "", double, single, backtick, bare] = match;
		const value = double ?? single ?? backtick ?? bare ?? "";
		plain.set(variable, value.trim());
		const start = match.index + whole.lastIndexOf(value);
		const reading = readUrl(value.trimEnd(), start);
		if (reading !== null) found.push({ variable, reading: { ...reading, endpoint: reading.endpoint ?? expandedEndpoint(value, plain) } });
	}
	return found;
}

function expandedEndpoint(url: string, variables: ReadonlyMap<string, string>): string | null {
	if (!url.includes("$")) return null;
	const expanded = url.replace(/\$\{?(\w+)\}?/g, (_, name: string) => variables.get(name) ?? "");
	return readUrl(expanded, 0)?.endpoint ?? null;
}

/** `.env.example` and the like: a template, not what an app runs with. */
export function isExampleEnv(path: string): boolean {
	return /(^|[./_-])(example|sample|template|dist|defaults?)([./_-]|$)/.test(path.slice(path.lastIndexOf("/") + 1).replace(/^\.env/, ""));
}
