import { ts } from "ts-morph";

/** The expression inside parentheses, casts and `!`. */
export function bare(expression: ts.Expression): ts.Expression {
	let inner = expression;
	while (isWrapper(inner)) inner = inner.expression;
	return inner;
}

function isWrapper(
	node: ts.Node,
): node is ts.ParenthesizedExpression | ts.NonNullExpression | ts.AsExpression | ts.SatisfiesExpression | ts.TypeAssertion {
	return ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || isCast(node);
}

export function isCast(node: ts.Node): node is ts.AsExpression | ts.SatisfiesExpression | ts.TypeAssertion {
	return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isTypeAssertionExpression(node);
}

export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
	return (
		ts.isBinaryExpression(node) &&
		[ts.SyntaxKind.EqualsToken, ts.SyntaxKind.QuestionQuestionEqualsToken, ts.SyntaxKind.BarBarEqualsToken].includes(
			node.operatorToken.kind,
		)
	);
}

export function isFallback(node: ts.Node): node is ts.BinaryExpression {
	return ts.isBinaryExpression(node) && [ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken].includes(node.operatorToken.kind);
}

export function within(node: ts.Node, container: ts.Node): boolean {
	return container.pos <= node.pos && node.end <= container.end;
}

export function ancestor<T extends ts.Node>(node: ts.Node, test: (candidate: ts.Node) => candidate is T): T | undefined {
	for (let at: ts.Node | undefined = node.parent; at; at = at.parent) if (test(at)) return at;
	return undefined;
}

/** Whether a place runs when the module loads. */
export function isAtLoad(node: ts.Node): boolean {
	return ancestor(node, isDeferred) === undefined;
}

function isDeferred(node: ts.Node): node is ts.SignatureDeclaration | ts.PropertyDeclaration {
	if (ts.isPropertyDeclaration(node)) return !hasModifier(node, ts.SyntaxKind.StaticKeyword);
	return ts.isFunctionLike(node);
}

export function isExported(node: ts.Node): boolean {
	return hasModifier(node, ts.SyntaxKind.ExportKeyword);
}

/** Whether a variable is declared by `const`. */
export function isConst(declaration: ts.VariableDeclaration): boolean {
	const list = declaration.parent;
	return ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.Const) !== 0;
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
	return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);
}

/** `@Injectable() class …` */
export function isClassWithDecorator(node: ts.ClassDeclaration, name: string): boolean {
	const decorators = ts.getDecorators(node) ?? [];
	return decorators.some(({ expression }) => (ts.isCallExpression(expression) ? expression.expression : expression).getText() === name);
}

/** The statement a variable is declared in; undefined in a loop's head or a `catch`. */
export function statementOf(declaration: ts.VariableDeclaration): ts.VariableStatement | undefined {
	const list = declaration.parent;
	return ts.isVariableDeclarationList(list) && ts.isVariableStatement(list.parent) ? list.parent : undefined;
}

/** `using prisma = …`, `await using prisma = …`: disposed of when its block ends. */
export function isUsing(declaration: ts.VariableDeclaration): boolean {
	return (declaration.parent.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using;
}

/** No value yet: `null`, `undefined`. */
export function isNothing(expression: ts.Expression): boolean {
	return expression.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(expression) && expression.text === "undefined");
}

/** Reading it does nothing else: names, members, literals and comparisons of them. */
export function isPure(expression: ts.Expression): boolean {
	const inner = bare(expression);
	if (ts.isIdentifier(inner) || ts.isLiteralExpression(inner) || inner.kind === ts.SyntaxKind.ThisKeyword) return true;
	if ([ts.SyntaxKind.NullKeyword, ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword].includes(inner.kind)) return true;
	if (ts.isPropertyAccessExpression(inner) || ts.isTypeOfExpression(inner)) return isPure(inner.expression);
	if (ts.isElementAccessExpression(inner)) return isPure(inner.expression) && isPure(inner.argumentExpression);
	if (ts.isPrefixUnaryExpression(inner)) return inner.operator === ts.SyntaxKind.ExclamationToken && isPure(inner.operand);
	return ts.isBinaryExpression(inner) && !isAssigning(inner) && isPure(inner.left) && isPure(inner.right);
}

function isAssigning(node: ts.BinaryExpression): boolean {
	const kind = node.operatorToken.kind;
	return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** The largest expression with exactly these ends. */
export function expressionAt(tree: ts.Node, { start, end }: { readonly start: number; readonly end: number }): ts.Expression | null {
	let node = tree;
	for (;;) {
		const child: ts.Node | undefined = ts.forEachChild(node, (next) => (next.pos <= start && end <= next.end ? next : undefined));
		if (!child) return null;
		if (child.getStart() === start && child.end === end && ts.isExpression(child)) return child;
		node = child;
	}
}

export function visit(node: ts.Node, each: (node: ts.Node) => void): void {
	each(node);
	ts.forEachChild(node, (child) => visit(child, each));
}

export function isRequire(expression: ts.Expression): expression is ts.CallExpression {
	return ts.isCallExpression(expression) && ts.isIdentifier(expression.expression) && expression.expression.text === "require";
}

/** Whether a statement does nothing but bring a module's names in. */
export function isImportStatement(statement: ts.Statement): boolean {
	if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) return true;
	return (
		ts.isVariableStatement(statement) && statement.declarationList.declarations.every((d) => d.initializer && isRequire(d.initializer))
	);
}
