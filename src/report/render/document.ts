/** A report as a document, before it is Markdown or HTML. */
import type { Chart } from "./chart.js";

/** Text; what is code stands in an object. */
export type Text = string | readonly (string | { readonly code: string })[];

export interface Column {
	readonly head: string;
	readonly align: "left" | "right";
}

export type Block =
	| { readonly kind: "paragraph"; readonly text: Text }
	| { readonly kind: "heading"; readonly text: Text }
	| { readonly kind: "list"; readonly items: readonly Text[] }
	| { readonly kind: "table"; readonly columns: readonly Column[]; readonly rows: readonly (readonly Text[])[] }
	/** Shell commands. */
	| { readonly kind: "code"; readonly text: string }
	/** Drawn where pictures can be; its figures stand in a table, too. */
	| { readonly kind: "chart"; readonly chart: Chart };

export interface Section {
	readonly title: string;
	readonly blocks: readonly Block[];
}

export interface Document {
	/** The first of them is the heading. */
	readonly conclusion: readonly [string, string, string];
	/** When, of what and by what it was made. */
	readonly about: string;
	readonly sections: readonly Section[];
}

/** A text of ours in which backticks mark code. */
export function withCode(text: string): Text {
	return text.split("`").map((part, index) => (index % 2 === 0 ? part : { code: part }));
}

export function spansOf(text: Text): readonly (string | { readonly code: string })[] {
	return typeof text === "string" ? [text] : text;
}
