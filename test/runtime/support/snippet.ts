import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../../scripts/lib/paths.js";
import { isRecord } from "../../../src/protocol/index.js";

/** The snippets of a language by prefix, as lines. */
export function readSnippets(language: "typescript" | "javascript"): ReadonlyMap<string, readonly string[]> {
	const file: unknown = JSON.parse(readFileSync(join(projectRoot, "snippets", `${language}.json`), "utf8"));
	const snippets = isRecord(file) ? Object.values(file) : [];
	return new Map(
		snippets.map((snippet) => {
			if (!isRecord(snippet) || typeof snippet.prefix !== "string" || !Array.isArray(snippet.body)) throw new Error("not a snippet");
			return [snippet.prefix, snippet.body.map(String)];
		}),
	);
}

/** What an editor inserts: tab stops hold what is typed into them, else their default or first choice. */
export function expand(body: readonly string[], typed: Readonly<Record<number, string>> = {}): string {
	const stop = /\\([$}\\])|\$\{(\d+)(?::([^}]*)|\|([^|]*)\|)?\}|\$(\d+)/g;
	const defaults = new Map<string, string>();
	return body.join("\n").replaceAll(stop, (_, escaped, braced, fallback, choices, plain) => {
		if (escaped !== undefined) return escaped;
		const number: string = braced ?? plain;
		const own: string | undefined = fallback ?? choices?.split(",")[0];
		if (own !== undefined && !defaults.has(number)) defaults.set(number, own);
		return typed[Number(number)] ?? defaults.get(number) ?? "";
	});
}
