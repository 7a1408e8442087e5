import { ts } from "ts-morph";
import type { Finding } from "../../../protocol/index.js";
import type { ClassId, FunctionFact } from "../../facts/types.js";
import { cleanupMethod } from "../../lifetimes/cleanup.js";
import { disconnectsIn } from "../../lifetimes/disconnects.js";
import type { Value } from "../../summaries/values.js";
import { findingAt } from "../finding-place.js";
import type { FixContext } from "../kind.js";
import type { Source } from "../source.js";
import { Refusal } from "../types.js";
import type { Closable } from "./closable.js";

interface Manager {
	readonly file: string;
	readonly classId: ClassId;
	readonly className: string;
	readonly method: FunctionFact & { readonly name: string };
}

/** The one instance of a class whose method closes its client. @throws a `Refusal` when no name at the top of a module leads to it. */
export function managerAt(finding: Finding, context: FixContext): Closable {
	const manager = managerOf(finding, context);
	const { file, className, method } = manager;
	const source = context.source(file);
	const owner = classNamed(source, className);
	if (!owner) throw new Refusal(`${className} is not declared at the top of ${file}. Close it where the server stops.`);
	refuseUncallable(source, method);
	const ofClass = { source, name: className, statement: owner, verb: "Close", owner } as const;
	if (method.isStatic) return { ...ofClass, close: `${className}.${method.name}()` };
	const held = heldIn(source, manager, context) ?? heldElsewhere(manager, context);
	if (held) return { ...held, close: `${held.name}.${method.name}()`, verb: "Close", owner };
	const getter = getterOf(owner, manager, context);
	if (getter !== null) return { ...ofClass, close: `${className}.${getter}().${method.name}()` };
	throw new Refusal(`No constant of a module holds ${className}. Call ${method.name}() where the server stops.`);
}

function managerOf(finding: Finding, { model }: FixContext): Manager {
	const { file } = finding;
	const facts = model.linker.facts(file);
	const disconnect = disconnectsIn(model.linker, file).find(({ span }) => findingAt(finding, { file, span }, model));
	const id = facts && disconnect ? cleanupMethod(facts, disconnect) : null;
	const method = id === null ? undefined : facts?.functions[id];
	const classId = method?.classId ?? null;
	const className = classId === null ? null : facts?.classes[classId]?.name;
	if (!method?.name || classId === null || !className)
		throw new Refusal("What to close is neither a pool nor a manager of a module. Close it where the server stops.");
	return { file, classId, className, method: { ...method, name: method.name } };
}

function refuseUncallable({ text }: Source, { name, params, isAsync, returns, span }: Manager["method"]): void {
	if (params.length > 0) throw new Refusal(`${name} needs arguments. Call it where the server stops.`);
	if (/^(async\s+)?(private|protected|#)/.test(text.slice(span.start)))
		throw new Refusal(`${name} is private. Let another method call it.`);
	if (!isAsync && returns.length === 0) throw new Refusal(`${name} returns no promise, so nobody can wait for its end.`);
}

type Held = Pick<Closable, "source" | "name" | "statement">;

/** The only constant at the top of a module that holds the instance. */
function heldIn(source: Source, { file, classId }: Manager, { model }: FixContext): Held | null {
	const isManager = (value: Value): boolean =>
		value.k === "instance" && value.of.k === "class" && value.of.file === file && value.of.id === classId;
	const names = (model.linker.facts(source.path)?.bindings ?? []).flatMap(({ kind, owner, name, init }) =>
		kind === "const" && owner === 0 && init && model.linker.values(source.path, init, 0).some(isManager) ? [name] : [],
	);
	const [name, ...others] = names;
	const statement = source.tree.statements.find(
		(candidate) =>
			ts.isVariableStatement(candidate) &&
			candidate.declarationList.declarations.some((declaration) => declaration.name.getText() === name),
	);
	return name !== undefined && others.length === 0 && statement ? { source, name, statement } : null;
}

function heldElsewhere(manager: Manager, context: FixContext): Held | null {
	const found = context.workspace
		.usersOf(manager.file, manager.className)
		.filter((user) => context.model.workspace.roleOf(user) === "app")
		.flatMap((user) => heldIn(context.source(user), manager, context) ?? []);
	return found.length === 1 ? (found[0] ?? null) : null;
}

/** `getInstance`, when it can be called without arguments. */
function getterOf(owner: ts.ClassDeclaration, { file, classId }: Manager, { model }: FixContext): string | null {
	const facts = model.linker.facts(file);
	const statics = facts?.classes[classId]?.methods.filter(({ isStatic }) => isStatic) ?? [];
	const found = statics.find(({ name, function: id }) => {
		const fact = facts?.functions[id];
		if (fact?.kind !== "method" || fact.isAsync || needsArguments(owner, name)) return false;
		const values = fact.returns.flatMap((expression) => model.linker.values(file, expression, id));
		return values.some((value) => value.k === "instance" && value.of.k === "class" && value.of.file === file && value.of.id === classId);
	});
	return found?.name ?? null;
}

function needsArguments({ members }: ts.ClassDeclaration, method: string): boolean {
	const found = members.find(
		(member): member is ts.MethodDeclaration => ts.isMethodDeclaration(member) && member.name.getText() === method,
	);
	return found?.parameters.some(({ questionToken, initializer }) => !questionToken && !initializer) ?? true;
}

function classNamed({ tree }: Source, name: string): ts.ClassDeclaration | null {
	return tree.statements.find((node): node is ts.ClassDeclaration => ts.isClassDeclaration(node) && node.name?.text === name) ?? null;
}
