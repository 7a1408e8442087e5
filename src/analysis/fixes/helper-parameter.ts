import { ts } from "ts-morph";
import type { FixContext } from "./kind.js";
import { ancestor } from "./nodes.js";
import type { Source } from "./source.js";
import { Refusal } from "./types.js";

/**
 * Which parameter of the called function takes the transaction's client.
 * @throws a `Refusal` where none surely does.
 */
export function clientParameter(call: ts.CallExpression, file: string, context: FixContext): number {
	const { source, helper } = calledFunction(call, file, context);
	const found = helper.parameters.flatMap((parameter, index) => (takesTransaction(source, parameter) ? [index] : []));
	const [index] = found;
	if (index === undefined || found.length > 1)
		throw new Refusal("The function called here has no optional parameter of the type Prisma.TransactionClient. Give it one first.");
	return index;
}

interface CalledFunction {
	readonly source: Source;
	readonly helper: ts.SignatureDeclaration;
}

function calledFunction(call: ts.CallExpression, file: string, context: FixContext): CalledFunction {
	const { linker } = context.model;
	const fact = linker.facts(file)?.calls.find(({ span }) => span.start === call.getStart() && span.end === call.end);
	const values = fact ? linker.values(file, fact.callee, fact.function) : [];
	const [value] = values;
	const span = value?.k === "function" ? linker.facts(value.file)?.functions[value.id]?.span : undefined;
	if (value?.k !== "function" || !span || values.length > 1) throw new Refusal("Which function is called here is not certain.");
	const source = context.source(value.file);
	const helper = functionEnding(source, span);
	if (!helper) throw new Refusal("Which function is called here is not certain.");
	return { source, helper };
}

function functionEnding(source: Source, { start, end }: { readonly start: number; readonly end: number }): ts.SignatureDeclaration | null {
	let found: ts.SignatureDeclaration | null = null;
	const look = (node: ts.Node): void => {
		if (node.end < end || node.pos > start) return;
		if (ts.isFunctionLike(node) && node.end === end) found ??= node;
		ts.forEachChild(node, look);
	};
	look(source.tree);
	return found;
}

/** Optional, and typed as what a transaction hands out; where nothing is typed, that it falls back to a client shows it. */
function takesTransaction(source: Source, parameter: ts.ParameterDeclaration): boolean {
	if (!parameter.initializer && !parameter.questionToken && source.isTypeScript) return false;
	if (parameter.type) return namesTransaction(source, parameter.type);
	// A default gives the parameter the type of a whole client, which a transaction's is not: checked JavaScript would not take it.
	if (source.isTypeScript || parameter.initializer || !ts.isIdentifier(parameter.name)) return false;
	return isFallenBackFrom(source, parameter);
}

/** `(tx ?? prisma)`, `tx || prisma` */
function isFallenBackFrom(source: Source, parameter: ts.ParameterDeclaration): boolean {
	return source.references(parameter).some((mention) => {
		const either = ancestor(mention, ts.isBinaryExpression);
		const isEither = [ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken].some((kind) => kind === either?.operatorToken.kind);
		return isEither && either?.left === mention && ts.isIdentifier(either.right) && /prisma|client|db/i.test(either.right.text);
	});
}

function namesTransaction(source: Source, type: ts.TypeNode): boolean {
	if (/\bTransactionClient\b/.test(type.getText())) return true;
	const alias = ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? source.declarationOf(type.typeName) : undefined;
	return alias !== undefined && ts.isTypeAliasDeclaration(alias) && /\bTransactionClient\b/.test(alias.type.getText());
}
