import type { ts } from "ts-morph";

const CODES = (text: string) => [...text].map((character) => character.charCodeAt(0));
const BLANK = flags(CODES(" \n\r\t"));
/** Comments, conflict markers and a `#!` line start with one of these, as tokens do too. */
const MAY_BE_SKIPPED = flags(CODES("/<=>|#\v\f"));

/**
 * Where a node's first token starts. Mostly only blanks stand before it; the compiler is asked where there may be more.
 * @param text the source's: it is looked up for nearly every node, which is slow on an object as large as a source file
 */
export function startOf(node: ts.Node, source: ts.SourceFile, text: string): number {
	const { pos } = node;
	let at = pos;
	let code = text.charCodeAt(at);
	while (BLANK[code] === 1) code = text.charCodeAt(++at);
	return MAY_BE_SKIPPED[code] === 0 && pos !== node.end ? at : node.getStart(source);
}

/** 1 for the codes given, 0 for all other ASCII. */
function flags(codes: readonly number[]): Uint8Array {
	const table = new Uint8Array(128);
	for (const code of codes) table[code] = 1;
	return table;
}
