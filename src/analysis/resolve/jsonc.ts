/** Parses JSON with comments and trailing commas, as compiler configurations are written; undefined when it is broken. */
export function parseJsonc(text: string): unknown {
	const withoutComments = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, keepStrings);
	const strict = withoutComments.replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, keepStrings);
	try {
		return JSON.parse(strict.replace(/^\uFEFF/, ""));
	} catch {
		return undefined;
	}
}

function keepStrings(part: string): string {
	return part.startsWith('"') ? part : "";
}
