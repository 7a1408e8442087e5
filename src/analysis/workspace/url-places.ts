import type { TextRange } from "../../protocol/index.js";
import { isExampleEnv } from "./env-file.js";
import type { Metadata } from "./metadata.js";
import { positionAt } from "./positions.js";
import type { UrlPlace } from "./types.js";

/** The places of a file that say which database is opened. */
export function urlPlacesOf(file: string, entry: Metadata): UrlPlace[] {
	switch (entry.kind) {
		case "env": {
			const example = isExampleEnv(file);
			return entry.urls.map(({ variable, reading }) => {
				const { line, endLine, endColumn } = rangeOf(entry.lineStarts, reading);
				return { file, range: { line, column: 1, endLine, endColumn }, kind: "env", variable, example };
			});
		}
		case "schema":
			return placeOf(file, "schema", entry.parsed.datasource?.urlPlace, entry.parsed.datasource?.urlVariable, entry.lineStarts);
		case "prisma-config":
			return placeOf(file, "prisma-config", entry.config.url, entry.config.urlVariable, entry.lineStarts);
		default:
			return [];
	}
}

interface Offsets {
	readonly start: number;
	readonly end: number;
}

function placeOf(
	file: string,
	kind: UrlPlace["kind"],
	place: Offsets | null | undefined,
	variable: string | null | undefined,
	lineStarts: readonly number[],
): UrlPlace[] {
	return place ? [{ file, range: rangeOf(lineStarts, place), kind, variable: variable ?? null, example: false }] : [];
}

function rangeOf(lineStarts: readonly number[], { start, end }: Offsets): TextRange {
	const from = positionAt(lineStarts, start);
	const to = positionAt(lineStarts, end);
	return { ...from, endLine: to.line, endColumn: to.column };
}
