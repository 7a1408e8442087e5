import { ts } from "ts-morph";
import { type Context, into, RETURNED } from "./context.js";
import type { FunctionAbout, Lowering } from "./lowering.js";
import { Scope } from "./scope.js";
import type { BindingId, FunctionId } from "./types.js";

/** Lowers a function with its parameters and body; a declaration without a body (an overload) yields an empty function. */
export function lowerFunction(w: Lowering, node: ts.FunctionLikeDeclaration, outer: Context, about: FunctionAbout): FunctionId {
	const id = w.facts.addFunction({
		...about,
		span: w.span(node),
		parent: outer.function,
		classId: outer.classId,
		isAsync:
			ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword) ?? false),
		params: [],
		returns: [],
		decorators: w.decorators(node, outer),
		directive: null,
	});
	// An arrow sees the class around it as `this`; a plain function does not.
	const classId = ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) ? null : outer.classId;
	const context: Context = { function: id, classId, scope: new Scope(outer.scope), steps: [] };
	if (ts.isFunctionExpression(node) && node.name) {
		const self = w.facts.bind({ kind: "function", name: node.name.text, span: w.span(node.name), owner: id, init: { k: "function", id } });
		context.scope.declare(node.name.text, self);
	}
	const fact = w.facts.functions[id];
	const params = node.parameters.map((parameter, index) => lowerParameter(w, parameter, index, context));
	if (fact) fact.params = params;
	if (!node.body) return id;
	if (ts.isBlock(node.body)) {
		if (fact) fact.directive = directive(node.body.statements);
		w.statements(node.body.statements, { ...context, scope: new Scope(context.scope) });
	} else {
		w.facts.addReturn(id, w.expression(node.body, context, RETURNED));
	}
	return id;
}

function lowerParameter(w: Lowering, node: ts.ParameterDeclaration, index: number, context: Context): BindingId {
	const name = ts.isIdentifier(node.name) ? node.name.text : "";
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
	if (!ts.isIdentifier(node.name)) {
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
	if (ts.isTypeReferenceNode(node)) return entityName(node.typeName);
	if (ts.isImportTypeNode(node)) return node.qualifier ? entityName(node.qualifier) : null;
	if (ts.isUnionTypeNode(node)) return node.types.map(typeName).find((name) => name !== null) ?? null;
	return null;
}

function entityName(node: ts.EntityName): string {
	return ts.isIdentifier(node) ? node.text : `${entityName(node.left)}.${node.right.text}`;
}

export function directive(statements: readonly ts.Statement[]): string | null {
	const [first] = statements;
	return first && ts.isExpressionStatement(first) && ts.isStringLiteral(first.expression) ? first.expression.text : null;
}
