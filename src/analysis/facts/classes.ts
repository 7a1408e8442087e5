import type { ts } from "ts-morph";
import { type Context, into } from "./context.js";
import { typeName } from "./functions.js";
import type { Lowering } from "./lowering.js";
import { propertyKey } from "./names.js";
import { Scope } from "./scope.js";
import {
	canHaveModifiers,
	hasModifier,
	isClassExpression,
	isClassStaticBlockDeclaration,
	isConstructorDeclaration,
	isGetAccessor,
	isIdentifier,
	isMethodDeclaration,
	isParameterPropertyDeclaration,
	isPropertyDeclaration,
	isSetAccessor,
	SyntaxKind,
} from "./syntax.js";
import type { ClassFact, ClassId, FieldFact, FunctionId, FunctionKind } from "./types.js";

/** Lowers a class: its fields run in pseudo-functions of their own, one for instances and one for statics. */
export function lowerClass(w: Lowering, node: ts.ClassLikeDeclaration, outer: Context): ClassId {
	const superClause = node.heritageClauses?.find((clause) => clause.token === SyntaxKind.ExtendsKeyword);
	const base = superClause?.types[0]?.expression;
	const id = w.facts.addClass({
		name: node.name?.text ?? null,
		span: w.span(node),
		owner: outer.function,
		superClass: base ? w.expression(base, outer, into({ k: "other" })) : null,
		fields: [],
		methods: [],
		instanceInit: null,
		staticInit: null,
		decorators: w.decorators(node, outer),
	});
	const context: Context = { ...outer, classId: id, scope: new Scope(outer.scope), steps: [] };
	if (isClassExpression(node) && node.name) {
		const self = w.facts.bind({
			kind: "class",
			name: node.name.text,
			span: w.span(node.name),
			owner: outer.function,
			init: { k: "class", id },
		});
		context.scope.declare(node.name.text, self);
	}
	const members = lowerMembers(w, node, id, context);
	const fact = w.facts.classes[id];
	if (fact) Object.assign(fact, members);
	return id;
}

function lowerMembers(
	w: Lowering,
	node: ts.ClassLikeDeclaration,
	classId: ClassId,
	context: Context,
): Pick<ClassFact, "fields" | "methods" | "instanceInit" | "staticInit"> {
	const fields: FieldFact[] = [];
	const methods: { name: string; function: FunctionId; isStatic: boolean }[] = [];
	const init = { instance: null as FunctionId | null, static: null as FunctionId | null };
	const initOf = (isStatic: boolean): FunctionId => {
		const key = isStatic ? "static" : "instance";
		init[key] ??= w.facts.addFunction({ ...FIELD_FUNCTION, span: w.span(node), parent: context.function, classId, isStatic });
		return init[key];
	};
	for (const member of node.members) {
		const isStatic = canHaveModifiers(member) && hasModifier(member, SyntaxKind.StaticKeyword);
		if (isPropertyDeclaration(member)) {
			fields.push(lowerField(w, member, isStatic, classId, initOf, context));
		} else if (isClassStaticBlockDeclaration(member)) {
			w.statements(member.body.statements, { ...context, function: initOf(true), scope: new Scope(context.scope) });
		} else if (isConstructorDeclaration(member) || isMethodDeclaration(member) || isGetAccessor(member) || isSetAccessor(member)) {
			if (!member.body) continue;
			const name = isConstructorDeclaration(member) ? "constructor" : (propertyKey(member.name) ?? "");
			const id = w.functionLike(member, context, { kind: methodKind(member), name, isStatic, sink: { k: "other" } });
			methods.push({ name, function: id, isStatic });
			if (isConstructorDeclaration(member)) fields.push(...parameterProperties(w, member, id));
		}
	}
	return { fields, methods, instanceInit: init.instance, staticInit: init.static };
}

const FIELD_FUNCTION = {
	kind: "field" as FunctionKind,
	name: null,
	isAsync: false,
	params: [],
	returns: [],
	sink: { k: "other" } as const,
	decorators: [],
	directive: null,
};

function lowerField(
	w: Lowering,
	member: ts.PropertyDeclaration,
	isStatic: boolean,
	classId: ClassId,
	initOf: (isStatic: boolean) => FunctionId,
	context: Context,
): FieldFact {
	const name = propertyKey(member.name) ?? "";
	const init = member.initializer
		? w.expression(member.initializer, { ...context, function: initOf(isStatic) }, into({ k: "field", classId, name, isStatic }))
		: null;
	return { name, span: w.span(member.name), isStatic, init, type: typeName(member.type) };
}

/** `constructor(private prisma = new PrismaClient())` declares a field. */
function parameterProperties(w: Lowering, node: ts.ConstructorDeclaration, constructorId: FunctionId): FieldFact[] {
	const params = w.facts.functions[constructorId]?.params ?? [];
	return node.parameters.flatMap((parameter, index) => {
		const id = params[index];
		if (!isParameterPropertyDeclaration(parameter, node) || !isIdentifier(parameter.name) || id === undefined) return [];
		return [
			{
				name: parameter.name.text,
				span: w.span(parameter.name),
				isStatic: false,
				init: { k: "binding", id },
				type: typeName(parameter.type),
			} as const,
		];
	});
}

function methodKind(node: ts.ConstructorDeclaration | ts.MethodDeclaration | ts.AccessorDeclaration): FunctionKind {
	if (isConstructorDeclaration(node)) return "constructor";
	if (isMethodDeclaration(node)) return "method";
	return isGetAccessor(node) ? "getter" : "setter";
}
