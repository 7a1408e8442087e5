import type { Cause, Place } from "../leaks/types.js";
import { type Block, type Section, type Text, withCode } from "./document.js";
import { basisText, figureText } from "./figures.js";

/** Places listed one by one; the rest is counted. */
const MOST_PLACES = 50;

export function causesSection(causes: readonly Cause[]): Section {
	if (causes.length === 0) return { title: "Root causes", blocks: [{ kind: "paragraph", text: "None found in the sources." }] };
	return { title: "Root causes", blocks: causes.flatMap(causeBlocks) };
}

function causeBlocks({ rule, title, finds, severity, places, saving }: Cause): readonly Block[] {
	const more = places.length - MOST_PLACES;
	const cost = saving === null ? "not known" : `${figureText(saving, "bytes")} of rss (${basisText(saving)})`;
	return [
		{ kind: "heading", text: [`${title} · ${severity} · `, { code: rule }] },
		{ kind: "paragraph", text: withCode(finds) },
		{ kind: "paragraph", text: `What mending it would save: ${cost}.` },
		{
			kind: "table",
			columns: [
				{ head: "Place", align: "left" },
				{ head: "Severity", align: "left" },
				{ head: "What happens there", align: "left" },
			],
			rows: places.slice(0, MOST_PLACES).map(placeRow),
		},
		...(more > 0 ? [{ kind: "paragraph" as const, text: `And ${more} more.` }] : []),
	];
}

function placeRow({ file, line, severity, message }: Place): readonly Text[] {
	return [[{ code: `${file}:${line}` }], severity, message];
}
