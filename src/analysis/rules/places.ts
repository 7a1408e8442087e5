import type { TextRange } from "../../protocol/index.js";
import type { Span } from "../facts/index.js";
import type { CallSite } from "../summaries/call-graph.js";
import type { Linker } from "../summaries/linker.js";
import { positionAt } from "../workspace/index.js";
import type { FileModel, Place } from "./types.js";

/** `new PrismaClient` or `make` without the arguments, which may run over many lines. */
export function headSpan(site: { readonly span: Span; readonly calleeSpan: Span }): Span {
	return { start: site.span.start, end: site.calleeSpan.end };
}

export function sitePlace(model: FileModel, site: CallSite): Place {
	const facts = model.linker.facts(site.file);
	const fact = site.kind === "new" ? facts?.news[site.index] : facts?.calls[site.index];
	return { file: site.file, span: fact ? headSpan(fact) : { start: 0, end: 0 } };
}

export function placeKey(place: Place): string {
	return "span" in place ? `${place.file}:${place.span.start}` : `${place.file}:${place.range.line}:${place.range.column}`;
}

/** Lines and columns of a place. */
export function rangeOf(place: Place, linker: Linker): TextRange {
	if ("range" in place) return place.range;
	const lineStarts = linker.facts(place.file)?.lineStarts ?? [0];
	const start = positionAt(lineStarts, place.span.start);
	const end = positionAt(lineStarts, place.span.end);
	return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
