import { ts } from "ts-morph";
import { MARK, readSuppression, type Suppression } from "../suppressions/directives.js";

const OPENING = new RegExp(`(?://+|/\\*+)\\s*${MARK}`, "g");

/** The comments of a source that silence rules. Costs a search of the text, and more only where one may be. */
export function suppressionComments(source: ts.SourceFile): readonly Suppression[] {
	const { text } = source;
	if (!text.includes(MARK)) return [];
	return [...text.matchAll(OPENING)].flatMap(({ index }) => {
		const end = commentEnd(source, index);
		return (end === null ? null : readSuppression(text, index, end, source.getLineStarts())) ?? [];
	});
}

/** What stands at a position: nothing but space, comments and punctuation, or the inside of a token such as a string. */
export type Surroundings = { readonly kind: "gap"; readonly from: number } | { readonly kind: "token"; readonly token: ts.Node };

/** Goes down the tree to a position. A gap begins where a node before it ends. */
export function surroundings(source: ts.SourceFile, position: number): Surroundings {
	let node: ts.Node = source;
	let from = 0;
	for (;;) {
		let inside: ts.Node | undefined;
		ts.forEachChild(node, (child) => {
			if (child.end <= position) from = Math.max(from, child.end);
			else if (child.pos <= position) inside ??= child;
		});
		if (inside === undefined) return { kind: "gap", from };
		// The text of JSX holds no comments, and its space is part of it.
		const start = ts.isJsxText(inside) ? inside.pos : inside.getStart(source);
		if (position <= start && !ts.isJsxText(inside)) return { kind: "gap", from: inside.pos };
		if (ts.isToken(inside)) return { kind: "token", token: inside };
		node = inside;
		from = start;
	}
}

/** Where the comment that begins at a position ends; null when no comment begins there. */
function commentEnd(source: ts.SourceFile, position: number): number | null {
	const place = surroundings(source, position);
	if (place.kind === "token") return null;
	const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.JSX, source.text, undefined, place.from);
	for (;;) {
		const kind = scanner.scan();
		const isComment = kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia;
		if (scanner.getTokenStart() === position && isComment) return scanner.getTokenEnd();
		if (scanner.getTokenEnd() > position || kind === ts.SyntaxKind.EndOfFileToken) return null;
	}
}
