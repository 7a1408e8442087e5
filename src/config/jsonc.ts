/** Parses JSON with comments and trailing commas, as compiler configurations are written; undefined when it is broken. */
export function parseJsonc(text: string): unknown {
	try {
		return JSON.parse(strict(text));
	} catch {
		return undefined;
	}
}

/** Why a text is no JSON: the line where the parser gave up, from 1; null when it does not say. */
export function brokenLine(text: string): number | null {
	try {
		JSON.parse(strict(text));
		return null;
	} catch (error) {
		const position = /position (\d+)/.exec(String(error))?.[1];
		return position === undefined ? null : lineAt(text, Number(position));
	}
}

/** The line, from 1, of the key at `path` in a document; that of the deepest key on the way that is there. */
export function lineOf(text: string, path: readonly string[]): number {
	const open: string[] = [];
	let key = "";
	let found = { depth: 0, line: 1 };
	for (const match of strict(text).matchAll(/"(?:[^"\\\n]|\\.)*"(\s*:)?|[{}[\]]/g)) {
		const [token, colon] = match;
		if (token === "{" || token === "[") open.push(key);
		else if (token === "}" || token === "]") open.pop();
		else if (colon !== undefined) {
			key = keyOf(token);
			const at = [...open.slice(1), key];
			if (at.length > found.depth && at.every((part, index) => part === path[index])) {
				found = { depth: at.length, line: lineAt(text, match.index) };
			}
		}
	}
	return found.line;
}

/** The text without comments and trailing commas, everything else at its place. */
function strict(text: string): string {
	return text
		.replace(/^\uFEFF/, " ")
		.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, keepStrings)
		.replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, keepStrings);
}

function keepStrings(part: string): string {
	return part.startsWith('"') ? part : part.replace(/[^\n]/g, " ");
}

function keyOf(token: string): string {
	const key: unknown = parseJsonc(token.replace(/\s*:$/, ""));
	return typeof key === "string" ? key : "";
}

function lineAt(text: string, offset: number): number {
	return text.slice(0, offset).split("\n").length;
}
