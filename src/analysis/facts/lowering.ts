import type { ts } from "ts-morph";
import type { FactsBuilder } from "./builder.js";
import type { Context, Place } from "./context.js";
import type { ClassId, Expr, FunctionId, FunctionKind, Sink, Span } from "./types.js";

/** The walk as its parts see it: each part lowers one kind of syntax and hands the rest back. */
export interface Lowering {
	readonly facts: FactsBuilder;
	span(node: ts.Node): Span;
	expression(node: ts.Expression, context: Context, place: Place): Expr;
	statements(nodes: readonly ts.Statement[], context: Context): void;
	functionLike(node: ts.FunctionLikeDeclaration, context: Context, about: FunctionAbout): FunctionId;
	classLike(node: ts.ClassLikeDeclaration, context: Context): ClassId;
	/** Declares the names of a pattern and ties them to the value taken apart. */
	pattern(name: ts.BindingName, init: Expr | null, context: Context, declare: DeclareName): void;
	decorators(node: ts.Node, context: Context): string[];
}

export interface FunctionAbout {
	readonly kind: FunctionKind;
	readonly name: string | null;
	readonly isStatic: boolean;
	readonly sink: Sink;
}

export type DeclareName = (name: ts.Identifier, init: Expr | null) => void;
