import type { ts } from "ts-morph";
import { lineStartsOf } from "../workspace/index.js";
import { FactsBuilder } from "./builder.js";
import { lowerClass } from "./classes.js";
import { suppressionComments } from "./comments.js";
import { addCommonJsExports } from "./commonjs.js";
import type { Context, Place } from "./context.js";
import { lowerExpression } from "./expressions.js";
import { directive, lowerFunction } from "./functions.js";
import type { DeclareName, FunctionAbout, Lowering } from "./lowering.js";
import { propertyKey } from "./names.js";
import { countSyntaxErrors, parse } from "./parse.js";
import { Scope } from "./scope.js";
import { startOf } from "./start.js";
import { lowerStatements } from "./statements.js";
import { canHaveDecorators, getDecorators, isBindingElement, isCallExpression, isIdentifier, isObjectBindingPattern } from "./syntax.js";
import type { Expr, FileFacts, Span } from "./types.js";

/** Reads the facts of one file off its text: one parse, one walk, and the syntax tree is dropped. Never throws on bad syntax. */
export function extractFacts(path: string, text: string): FileFacts {
	return factsOf(path, parse(path, text));
}

/** The facts of a text that was parsed. */
export function factsOf(path: string, source: ts.SourceFile): FileFacts {
	const walk = new Walk(source);
	const module = walk.facts.addFunction({
		kind: "module",
		name: null,
		span: { start: 0, end: source.text.length },
		parent: null,
		classId: null,
		isStatic: false,
		isAsync: false,
		params: [],
		returns: [],
		sink: { k: "other" },
		decorators: [],
		directive: null,
	});
	walk.statements(source.statements, { function: module, classId: null, scope: new Scope(null), steps: [] });
	addCommonJsExports(walk.facts);
	const { imports, exports, bindings, functions, classes, assignments, usesEsm } = walk.facts;
	return {
		path,
		lineStarts: lineStartsOf(source.text),
		imports,
		exports,
		bindings,
		functions,
		classes,
		news: walk.facts.news.filter((fact) => fact !== undefined),
		calls: walk.facts.calls.filter((fact) => fact !== undefined),
		assignments,
		awaitedBindings: [...walk.facts.awaitedBindings],
		suppressions: suppressionComments(source),
		syntaxErrors: countSyntaxErrors(source),
		usesEsm,
		directive: directive(source.statements),
	};
}

class Walk implements Lowering {
	readonly facts = new FactsBuilder();

	private readonly text: string;

	constructor(private readonly source: ts.SourceFile) {
		this.text = source.text;
	}

	span(node: ts.Node): Span {
		return { start: startOf(node, this.source, this.text), end: node.end };
	}

	expression(node: ts.Expression, context: Context, place: Place): Expr {
		return lowerExpression(this, node, context, place);
	}

	statements(nodes: readonly ts.Statement[], context: Context): void {
		lowerStatements(this, nodes, context);
	}

	functionLike(node: ts.FunctionLikeDeclaration, context: Context, about: FunctionAbout): number {
		return lowerFunction(this, node, context, about);
	}

	classLike(node: ts.ClassLikeDeclaration, context: Context): number {
		return lowerClass(this, node, context);
	}

	pattern(name: ts.BindingName, init: Expr | null, context: Context, declare: DeclareName): void {
		if (isIdentifier(name)) {
			declare(name, init);
			return;
		}
		for (const element of name.elements) {
			if (!isBindingElement(element)) continue;
			const key = isObjectBindingPattern(name) && !element.dotDotDotToken ? elementKey(element) : null;
			const taken: Expr | null = init && { k: "member", of: init, name: key };
			const fallback = element.initializer ? this.expression(element.initializer, context, { sink: { k: "other" }, awaited: false }) : null;
			const value: Expr | null = taken && fallback ? { k: "either", op: "??", items: [taken, fallback] } : taken;
			this.pattern(element.name, value, context, declare);
		}
	}

	decorators(node: ts.Node, context: Context): string[] {
		if (!canHaveDecorators(node) || !node.modifiers) return [];
		return (getDecorators(node) ?? []).flatMap((decorator) => {
			const value = this.expression(decorator.expression, context, { sink: { k: "other" }, awaited: false });
			return decoratorName(decorator.expression, value);
		});
	}
}

function decoratorName(node: ts.Expression, value: Expr): string[] {
	const callee = isCallExpression(node) ? node.expression : node;
	if (value.k === "unknown") return [];
	return isIdentifier(callee) ? [callee.text] : [];
}

function elementKey(element: ts.BindingElement): string | null {
	if (element.propertyName) return propertyKey(element.propertyName);
	return isIdentifier(element.name) ? element.name.text : null;
}
