import type { ts } from "ts-morph";
import { type Context, inBlock, into, RETURNED } from "./context.js";
import type { FunctionAbout, Lowering } from "./lowering.js";
import { Scope } from "./scope.js";
import {
	hasModifier,
	isBlock,
	isExpressionStatement,
	isFunctionDeclaration,
	isFunctionExpression,
	isIdentifier,
	isImportTypeNode,
	isStringLiteral,
	isTypeReferenceNode,
	isUnionTypeNode,
	SyntaxKind,
} from "./syntax.js";
import type { BindingId, FunctionId } from "./types.js";

/** Lowers a function with its parameters and body; a declaration without a body (an overload) yields an empty function. */
export function lowerFunction(w: Lowering, node: ts.FunctionLikeDeclaration, outer: Context, about: FunctionAbout): FunctionId {
	const id = w.facts.addFunction({
		kind: about.kind,
		name: about.name,
		span: w.span(node),
		parent: outer.function,
		classId: outer.classId,
		isStatic: about.isStatic,
		isAsync: hasModifier(node, SyntaxKind.AsyncKeyword),
		params: [],
		returns: [],
		sink: about.sink,
		decorators: w.decorators(node, outer),
		directive: null,
	});
	// An arrow sees the class around it as `this`; a plain function does not.
	const classId = isFunctionDeclaration(node) || isFunctionExpression(node) ? null : outer.classId;
	const context: Context = { function: id, classId, scope: new Scope(outer.scope), steps: [] };
	if (isFunctionExpression(node) && node.name) {
		const self = w.facts.bind({ kind: "function", name: node.name.text, span: w.span(node.name), owner: id, init: { k: "function", id } });
		context.scope.declare(node.name.text, self);
	}
	const fact = w.facts.functions[id];
	const params = node.parameters.map((parameter, index) => lowerParameter(w, parameter, index, context));
	if (fact) fact.params = params;
	if (!node.body) return id;
	if (isBlock(node.body)) {
		if (fact) fact.directive = directive(node.body.statements);
		w.statements(node.body.statements, inBlock(context));
	} else {
		w.facts.addReturn(id, w.expression(node.body, context, RETURNED));
	}
	return id;
}

function lowerParameter(w: Lowering, node: ts.ParameterDeclaration, index: number, context: Context): BindingId {
	const name = isIdentifier(node.name) ? node.name.text : "";
	const id = w.facts.bind({
		kind: "parameter",
		name,
		span: w.span(node.name),
		owner: context.function,
		init: null,
		parameter: { index, type: typeName(node.type) },
	});
	if (name) context.scope.declare(name, id);
	if (node.initializer) w.facts.setInit(id, w.expression(node.initializer, context, into({ k: "default", binding: id })));
	if (!isIdentifier(node.name)) {
		w.pattern(node.name, { k: "binding", id }, context, (part, init) => {
			const partId = w.facts.bind({ kind: "const", name: part.text, span: w.span(part), owner: context.function, init });
			context.scope.declare(part.text, partId);
		});
	}
	return id;
}

/** The name of a plain type reference: `PrismaService`, `Prisma.TransactionClient`, `import("x").PrismaClient`. */
export function typeName(node: ts.TypeNode | undefined): string | null {
	if (!node) return null;
	if (isTypeReferenceNode(node)) return entityName(node.typeName);
	if (isImportTypeNode(node)) return node.qualifier ? entityName(node.qualifier) : null;
	if (isUnionTypeNode(node)) return node.types.map(typeName).find((name) => name !== null) ?? null;
	return null;
}

function entityName(node: ts.EntityName): string {
	return isIdentifier(node) ? node.text : `${entityName(node.left)}.${node.right.text}`;
}

export function directive(statements: readonly ts.Statement[]): string | null {
	const [first] = statements;
	return first && isExpressionStatement(first) && isStringLiteral(first.expression) ? first.expression.text : null;
}
