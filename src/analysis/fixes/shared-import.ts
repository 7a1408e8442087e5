import { ts } from "ts-morph";
import { lineEnd } from "./lines.js";
import { isRequire } from "./nodes.js";
import type { Rewrite } from "./rewrite.js";
import type { Source } from "./source.js";
import type { Target } from "./target.js";

/** Writes the import of the shared client into a file, in the file's own way. */
export class SharedImport {
	readonly #source: Source;

	constructor(
		private readonly rewrite: Rewrite,
		private readonly target: Target,
		private readonly specifier: string,
		/** Whether an import of the file leads to the target. */
		private readonly leadsToTarget: (specifier: string) => boolean,
	) {
		this.#source = rewrite.source;
	}

	/** The declaration that already brings the export in as a value. */
	existing(): ts.Declaration | null {
		const { exportName } = this.target;
		for (const statement of this.#source.tree.statements) {
			if (ts.isImportDeclaration(statement) && this.#isOfTarget(statement.moduleSpecifier)) {
				const clause = statement.importClause;
				if (!clause || clause.isTypeOnly) continue;
				if (clause.name && (exportName === "default" || exportName === "export=")) return clause;
				const named = clause.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : [];
				const found = named.find((element) => !element.isTypeOnly && (element.propertyName ?? element.name).text === exportName);
				if (found) return found;
			}
			const declaration = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0] : undefined;
			if (!declaration || !this.#requiresTarget(declaration.initializer)) continue;
			if (ts.isIdentifier(declaration.name) && exportName === "export=") return declaration;
			if (!ts.isObjectBindingPattern(declaration.name)) continue;
			const found = declaration.name.elements.find((element) => (element.propertyName ?? element.name).getText() === exportName);
			if (found) return found;
		}
		return null;
	}

	/** `export { prisma } from "…"` in place of the statement that exported the replaced client. */
	reexport(statement: ts.Statement, name: string): void {
		const { quote, semicolon } = this.rewrite.style;
		const item = this.#pair(this.#moduleExport, name, " as ");
		this.rewrite.replaceRemoved(statement, `export { ${item} } from ${quote}${this.specifier}${quote}${semicolon}`);
	}

	/** `replaced` is the import that went: the new one takes its place, so that modules still load in the same order. */
	write(local: string, replaced: ts.Statement | null, firstUse: number): void {
		if (this.#merge(local)) return;
		const text = this.#statement(local);
		const anchor = this.#anchor(firstUse);
		const { newLine } = this.rewrite.style;
		if (replaced) this.rewrite.replaceRemoved(replaced, text);
		else if (anchor) this.rewrite.insert(lineEndAfter(this.#source.text, anchor.end), newLine + text);
		else this.rewrite.insert(this.#top(), text + newLine + (this.#source.tree.statements.length > 0 ? newLine : ""));
	}

	get #moduleExport(): string {
		return this.target.exportName === "export=" ? "default" : this.target.exportName;
	}

	#statement(local: string): string {
		const { quote, semicolon, modules } = this.rewrite.style;
		const from = `${quote}${this.specifier}${quote}`;
		const { exportName } = this.target;
		if (modules === "import-equals") return `import ${local} = require(${from})${semicolon}`;
		if (modules === "commonjs") {
			const pattern = exportName === "export=" ? local : `{ ${this.#pair(exportName, local, ": ")} }`;
			return `const ${pattern} = require(${from})${semicolon}`;
		}
		const names = this.#moduleExport === "default" ? local : `{ ${this.#pair(exportName, local, " as ")} }`;
		return `import ${names} from ${from}${semicolon}`;
	}

	#pair(exported: string, local: string, between: string): string {
		return exported === local ? local : `${exported}${between}${local}`;
	}

	/** Adds the name to an import of the same module that stays. */
	#merge(local: string): boolean {
		if (this.#moduleExport === "default") return false;
		for (const statement of this.#source.tree.statements) {
			if (this.rewrite.isRemoved(statement)) continue;
			if (ts.isImportDeclaration(statement) && this.#isOfTarget(statement.moduleSpecifier)) {
				const bindings = statement.importClause?.isTypeOnly ? undefined : statement.importClause?.namedBindings;
				const isOpen = bindings && ts.isNamedImports(bindings);
				if (isOpen && this.#append(bindings.elements, this.#pair(this.target.exportName, local, " as "))) return true;
			}
			const declaration = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0] : undefined;
			if (!declaration || !ts.isObjectBindingPattern(declaration.name) || !this.#requiresTarget(declaration.initializer)) continue;
			if (this.#append(declaration.name.elements, this.#pair(this.target.exportName, local, ": "))) return true;
		}
		return false;
	}

	#append(elements: ts.NodeArray<ts.ImportSpecifier> | ts.NodeArray<ts.BindingElement>, item: string): boolean {
		const last = [...elements].filter((element) => !this.rewrite.covers(element)).at(-1);
		if (!last) return false;
		const { text, tree } = this.#source;
		const lead = /\n([ \t]*)$/.exec(text.slice(0, last.getStart(tree)));
		this.rewrite.insert(last.end, lead ? `,${this.rewrite.style.newLine}${lead[1] ?? ""}${item}` : `, ${item}`);
		return true;
	}

	#isOfTarget(specifier: ts.Expression): boolean {
		return ts.isStringLiteral(specifier) && (specifier.text === this.specifier || this.leadsToTarget(specifier.text));
	}

	#requiresTarget(initializer: ts.Expression | undefined): boolean {
		const [argument] = initializer && isRequire(initializer) ? initializer.arguments : [];
		return argument !== undefined && this.#isOfTarget(argument);
	}

	/** The last import before the first use; CommonJS modules load where they are required. */
	#anchor(firstUse: number): ts.Statement | null {
		let anchor: ts.Statement | null = null;
		for (const statement of this.#source.tree.statements) {
			if (this.rewrite.isRemoved(statement)) continue;
			const isRequired =
				ts.isVariableStatement(statement) && statement.declarationList.declarations.some((d) => d.initializer && isRequire(d.initializer));
			const isImport = ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement);
			if (isImport || (isRequired && this.rewrite.style.modules === "commonjs" && statement.end <= firstUse)) anchor = statement;
		}
		return anchor;
	}

	/** Below the file's own head comment and directives, above the first statement's comment. */
	#top(): number {
		const { tree, text } = this.#source;
		const first = tree.statements.find((statement) => !(ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression)));
		if (!first) return text.length;
		const comments = ts.getLeadingCommentRanges(text, first.pos) ?? [];
		const attached = comments.find((comment, index) => {
			const next = comments[index + 1]?.pos ?? first.getStart(tree);
			return !/\n[ \t\r]*\n/.test(text.slice(comment.end, next));
		});
		return attached && attached.pos > 0 ? attached.pos : first.getStart(tree);
	}
}

/** Behind a comment on the same line. */
function lineEndAfter(text: string, at: number): number {
	const end = lineEnd(text, at);
	const rest = text.slice(at, end);
	const isComment = /^\s*(\/\/.*|\/\*[^*]*\*\/)?\s*$/.test(rest);
	return isComment ? at + rest.trimEnd().length : at;
}
