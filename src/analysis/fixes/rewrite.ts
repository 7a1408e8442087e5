import { ts } from "ts-morph";
import { gone } from "./collapse.js";
import { combine, type Edit } from "./edits.js";
import { deletions, lineStart, nextLine } from "./lines.js";
import { isImportStatement, within } from "./nodes.js";
import type { Source } from "./source.js";
import type { Style } from "./style.js";
import { withoutFinally } from "./try-statement.js";

/** An item of a comma list that can go alone. */
export type ListItem = ts.ImportSpecifier | ts.BindingElement | ts.VariableDeclaration;

/** What shall change in one file: gathered first, turned into edits of the original text once. */
export class Rewrite {
	readonly #statements = new Set<ts.Statement>();
	readonly #items = new Set<ListItem>();
	/** By range, so that the same part is replaced once. */
	readonly #replaced = new Map<string, Edit>();
	readonly #insertions: Edit[] = [];

	constructor(
		readonly source: Source,
		readonly style: Style,
	) {}

	removeStatement(statement: ts.Statement): void {
		this.#statements.add(statement);
	}

	removeItem(item: ListItem): void {
		this.#items.add(item);
	}

	replace(node: ts.Node, text: string): void {
		this.replaceRange({ start: node.getStart(this.source.tree), end: node.end, text });
	}

	insert(at: number, text: string): void {
		this.#insertions.push({ start: at, end: at, text });
	}

	/** Puts text where a statement that was to go stands. */
	replaceRemoved(statement: ts.Statement, text: string): void {
		this.#statements.delete(statement);
		this.replace(statement, text);
	}

	isRemoved(statement: ts.Statement): boolean {
		return this.#statements.has(statement);
	}

	/** An import that goes, whose place another can take. */
	removedImport(): ts.Statement | null {
		return this.source.tree.statements.find((statement) => this.isRemoved(statement) && isImportStatement(statement)) ?? null;
	}

	/** Statements and list items that go. */
	get removed(): readonly ts.Node[] {
		return [...this.#statements, ...this.#items];
	}

	/** Whether this code is no longer there afterwards. */
	covers(node: ts.Node): boolean {
		if ([...this.#statements, ...this.#items].some((removed) => within(node, removed))) return true;
		const start = node.getStart(this.source.tree);
		return [...this.#replaced.values()].some((range) => range.start <= start && node.end <= range.end);
	}

	/** Takes what has become empty along: lists, blocks, `if` and `try` around removed statements. */
	settle(): void {
		for (let before = -1; before !== this.#size; ) {
			before = this.#size;
			this.#settleLists();
			for (const node of gone(this.source, this.#statements)) {
				if (node.kind === "statement") this.#statements.add(node.statement);
				else this.replaceRange(node.edit);
			}
		}
	}

	edits(): Edit[] {
		const { text, tree } = this.source;
		const statements = [...this.#statements].map((statement) => ({ start: statement.getStart(tree), end: statement.end }));
		const tries = withoutFinally(this.source, this.style, this.#statements);
		return combine([...this.#replaced.values(), ...deletions(text, statements), ...tries, ...this.#itemEdits(), ...this.#insertions]);
	}

	get #size(): number {
		return this.#statements.size + this.#items.size + this.#replaced.size;
	}

	replaceRange(edit: Edit): void {
		this.#replaced.set(`${edit.start}-${edit.end}`, edit);
	}

	#isReplaced(node: ts.Node): boolean {
		return this.#replaced.has(`${node.getStart(this.source.tree)}-${node.end}`);
	}

	#settleLists(): void {
		for (const item of [...this.#items]) {
			const list = item.parent;
			if (!siblingsOf(item).every((sibling) => this.#items.has(sibling))) continue;
			if (ts.isObjectBindingPattern(list) && ts.isVariableDeclaration(list.parent)) {
				this.#items.add(list.parent);
			} else if (ts.isVariableDeclarationList(list) && ts.isVariableStatement(list.parent)) {
				if (!this.#isReplaced(list.parent)) this.#statements.add(list.parent);
			}
		}
	}

	#itemEdits(): Edit[] {
		const lists = new Map<ts.Node, ListItem[]>();
		for (const item of this.#items) {
			const all = lists.get(item.parent);
			if (all) all.push(item);
			else lists.set(item.parent, [item]);
		}
		return [...lists.values()].flatMap((items) => this.#withoutItems(items));
	}

	#withoutItems(items: readonly ListItem[]): Edit[] {
		const [first] = items;
		if (!first) return [];
		const siblings = siblingsOf(first);
		const kept = siblings.filter((sibling) => !items.includes(sibling));
		if (kept.length === 0) return this.#withoutList(first.parent);
		const { text, tree } = this.source;
		return items.map((item) => {
			const index = siblings.indexOf(item);
			const next = siblings[index + 1];
			if (next) return { start: this.#itemStart(item), end: this.#itemStart(next), text: "" };
			const lastKept = kept.at(-1);
			const start = lastKept ? lastKept.end : item.getStart(tree);
			const comma = /^\s*,/.exec(text.slice(item.end))?.[0].length ?? 0;
			// A trailing comma of a multi-line list stays with the item that is last now.
			return comma > 0 ? { start: start + 1, end: item.end + comma, text: "" } : { start, end: item.end, text: "" };
		});
	}

	/** `import client, { a } from` with nothing left between the braces. */
	#withoutList(list: ts.Node): Edit[] {
		if (!ts.isNamedImports(list) || !list.parent.name) return [];
		return [{ start: list.parent.name.end, end: list.end, text: "" }];
	}

	#itemStart(item: ListItem): number {
		const { text, tree } = this.source;
		const start = item.getStart(tree);
		const line = lineStart(text, start);
		return text.slice(line, start).trim() === "" && nextLine(text, start) > start ? line : start;
	}
}

function siblingsOf(item: ListItem): readonly ListItem[] {
	const list = item.parent;
	if (ts.isNamedImports(list)) return list.elements;
	if (ts.isVariableDeclarationList(list)) return list.declarations;
	if (ts.isObjectBindingPattern(list)) return list.elements;
	return [item];
}
