import { ts } from "ts-morph";
import type { Span } from "../facts/types.js";
import { expressionAt } from "./nodes.js";

const OPTIONS: ts.CompilerOptions = {
	noLib: true,
	noResolve: true,
	allowJs: true,
	types: [],
	target: ts.ScriptTarget.Latest,
	module: ts.ModuleKind.ESNext,
	jsx: ts.JsxEmit.Preserve,
};

/** One file's text, its tree and its names. The checker sees this file alone: it resolves names, not types. */
export class Source {
	readonly tree: ts.SourceFile;
	readonly #checker: ts.TypeChecker;
	readonly #names = new Map<string, ts.Identifier[]>();

	constructor(
		readonly path: string,
		readonly text: string,
	) {
		const name = `/${path}`;
		const tree = ts.createSourceFile(name, text, { languageVersion: ts.ScriptTarget.Latest }, true, scriptKind(path));
		this.tree = tree;
		this.#checker = ts.createProgram({ rootNames: [name], options: OPTIONS, host: hostOf(tree) }).getTypeChecker();
		this.#collect(tree);
	}

	get isTypeScript(): boolean {
		return /\.[mc]?tsx?$/.test(this.path);
	}

	/** Line of the first syntax error, from 1; null when the text parses. */
	get brokenLine(): number | null {
		const start = firstSyntaxError(this.tree);
		return start === null ? null : this.lineOf(start);
	}

	lineOf(offset: number): number {
		return this.tree.getLineAndCharacterOfPosition(offset).line + 1;
	}

	newAt(span: Span): ts.NewExpression | null {
		const found = expressionAt(this.tree, span);
		return found && ts.isNewExpression(found) ? found : null;
	}

	/** Where a name was declared; undefined for globals and for names nothing declares. */
	declarationOf(name: ts.Identifier): ts.Declaration | undefined {
		return this.#symbolOf(name)?.declarations?.[0];
	}

	/** Every mention of a declared name, the declaration itself left out. */
	references(declaration: ts.Declaration): ts.Identifier[] {
		const name = ts.getNameOfDeclaration(declaration);
		if (!name || !ts.isIdentifier(name)) return [];
		return this.mentions(name.text).filter((mention) => mention !== name && this.declarationOf(mention) === declaration);
	}

	/** Identifiers with this text that stand for a variable, class, import or type; member names and keys left out. */
	mentions(text: string): readonly ts.Identifier[] {
		return this.#names.get(text) ?? [];
	}

	/** What a name means at a place; undefined when the file declares no such name there. */
	lookUp(name: string, at: ts.Node): ts.Declaration | undefined {
		const flags = ts.SymbolFlags.Value | ts.SymbolFlags.Alias | ts.SymbolFlags.Type | ts.SymbolFlags.Namespace;
		return this.#checker.getSymbolsInScope(at, flags).find((symbol) => symbol.name === name)?.declarations?.[0];
	}

	#symbolOf(name: ts.Identifier): ts.Symbol | undefined {
		const parent = name.parent;
		if (ts.isShorthandPropertyAssignment(parent) && parent.name === name) return this.#checker.getShorthandAssignmentValueSymbol(parent);
		if (ts.isExportSpecifier(parent)) return this.#checker.getExportSpecifierLocalTargetSymbol(parent);
		return this.#checker.getSymbolAtLocation(name);
	}

	#collect(node: ts.Node): void {
		if (ts.isIdentifier(node) && !isMemberName(node)) {
			const known = this.#names.get(node.text);
			if (known) known.push(node);
			else this.#names.set(node.text, [node]);
		}
		ts.forEachChild(node, (child) => this.#collect(child));
	}
}

/** `a.name`, `{ name: x }`, `import { name as x }`, `export { x as name }`, labels of members: not mentions of a variable. */
function isMemberName(node: ts.Identifier): boolean {
	const parent = node.parent;
	if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
	if (ts.isQualifiedName(parent)) return parent.right === node;
	if (ts.isImportSpecifier(parent) || ts.isBindingElement(parent)) return parent.propertyName === node;
	if (ts.isExportSpecifier(parent))
		return parent.parent.parent.moduleSpecifier !== undefined || (parent.propertyName !== undefined && parent.name === node);
	if (ts.isJsxAttribute(parent)) return parent.name === node;
	return (ts.isPropertyAssignment(parent) || ts.isClassElement(parent) || ts.isTypeElement(parent)) && parent.name === node;
}

export function scriptKind(path: string): ts.ScriptKind {
	if (path.endsWith(".tsx")) return ts.ScriptKind.TSX;
	if (/\.[mc]?ts$/.test(path)) return ts.ScriptKind.TS;
	return ts.ScriptKind.JSX;
}

/** `parseDiagnostics` is what the parser itself found; the compiler keeps it on the node but not in its public types. */
export function firstSyntaxError(tree: ts.SourceFile): number | null {
	if (!("parseDiagnostics" in tree) || !Array.isArray(tree.parseDiagnostics)) return null;
	const first: unknown = tree.parseDiagnostics[0];
	if (typeof first !== "object" || first === null) return null;
	return "start" in first && typeof first.start === "number" ? first.start : 0;
}

function hostOf(tree: ts.SourceFile): ts.CompilerHost {
	return {
		getSourceFile: (name) => (name === tree.fileName ? tree : undefined),
		getDefaultLibFileName: () => "lib.d.ts",
		writeFile: () => undefined,
		getCurrentDirectory: () => "/",
		getCanonicalFileName: (name) => name,
		useCaseSensitiveFileNames: () => true,
		getNewLine: () => "\n",
		fileExists: (name) => name === tree.fileName,
		readFile: () => undefined,
	};
}
