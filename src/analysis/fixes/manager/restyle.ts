import { ts } from "ts-morph";
import { applyEdits, combine, type Edit } from "../edits.js";
import { visit } from "../nodes.js";
import type { Style } from "../style.js";

/** Text with tabs, double quotes, semicolons and `\n`, in another style. */
export function restyle(text: string, { quote, semicolon, indent, newLine }: Style): string {
	const tree = ts.createSourceFile("module.ts", text, ts.ScriptTarget.Latest, true);
	const edits: Edit[] = [];
	visit(tree, (node) => {
		if (ts.isStringLiteral(node) && !node.text.includes(quote)) {
			edits.push({ start: node.getStart(), end: node.end, text: quote + node.getText().slice(1, -1) + quote });
		}
		const isEnded = (ts.isStatement(node) || ts.isPropertyDeclaration(node) || ts.isTypeElement(node)) && text[node.end - 1] === ";";
		if (semicolon === "" && isEnded) edits.push({ start: node.end - 1, end: node.end, text: "" });
	});
	return applyEdits(text, combine(edits))
		.replaceAll(/^\t+/gm, (tabs) => indent.repeat(tabs.length))
		.replaceAll("\n", newLine);
}
