import type { ts } from "ts-morph";

const CODES = (text: string) => [...text].map((character) => character.charCodeAt(0));
const BLANK = flags(CODES(" \n\r\t"));
/** Comments, conflict markers and a `#!` line start with one of these, as tokens do too. */
const MAY_BE_SKIPPED = flags(CODES("/<=>|#\v\f"));

/** Where a node's first token starts. Mostly only blanks stand before it; the compiler is asked where there may be more. */
export function startOf(node: ts.Node, source: ts.SourceFile): number {
	const { text } = source;
	let at = node.pos;
	while (BLANK[text.charCodeAt(at)] === 1) at++;
	const isPlain = MAY_BE_SKIPPED[text.charCodeAt(at)] === 0 && node.pos !== node.end;
	return isPlain ? at : node.getStart(source);
}

/** 1 for the codes given, 0 for all other ASCII. */
function flags(codes: readonly number[]): Uint8Array {
	const table = new Uint8Array(128);
	for (const code of codes) table[code] = 1;
	return table;
}
