import { ts } from "ts-morph";
import type { FileChange } from "../../../protocol/index.js";
import { type Edit, fileEdit } from "../edits.js";
import type { FixContext, Repair } from "../kind.js";
import { ancestor, hasModifier, isClassWithDecorator, visit } from "../nodes.js";
import { indentAt } from "../object-literal.js";
import type { Source } from "../source.js";
import { type Style, styleOf } from "../style.js";
import { Refusal } from "../types.js";
import { appFilesLoading } from "./app-files.js";
import type { Closable } from "./closable.js";

/** Nest calls the last of them when the last request has been answered. */
const HOOKS = ["onApplicationShutdown", "beforeApplicationShutdown", "onModuleDestroy"];

/** Closes in the shutdown hook of the service in whose module the pool or manager stands, and lets Nest listen to signals. */
export function nestShutdown(closable: Closable, context: FixContext): Repair {
	const { source, verb, owner } = closable;
	const service = serviceOf(closable);
	const style = styleOf(source, context.model.workspace.packageOf(source.path));
	const close = service === owner ? `this.${closable.close.slice(closable.close.lastIndexOf(".") + 1)}` : closable.close;
	const hook = service.members.find(
		(member): member is ts.MethodDeclaration => ts.isMethodDeclaration(member) && HOOKS.includes(member.name.getText()),
	);
	const edit = hook ? atEndOf(source, style, hook, `await ${close}`) : withHook(source, style, service, `await ${close}`);
	const signals = withSignals(closable, context);
	return {
		title: `${verb} ${service === owner ? (service.name?.text ?? closable.name) : closable.name} in ${hook?.name.getText() ?? HOOKS[0]}`,
		changes: [fileEdit(source.path, source.text, [edit]), ...signals.changes],
		notes: signals.notes,
	};
}

/** The service that owns what is to be closed, or the only one of its file. */
function serviceOf({ source, owner, close }: Closable): ts.ClassDeclaration {
	if (owner && ts.isClassDeclaration(owner) && isClassWithDecorator(owner, "Injectable")) return owner;
	const services = source.tree.statements.filter(
		(statement): statement is ts.ClassDeclaration => ts.isClassDeclaration(statement) && isClassWithDecorator(statement, "Injectable"),
	);
	const [service] = services;
	if (!service || services.length > 1)
		throw new Refusal(`${source.path} has no service of its own whose shutdown hook could do it. Call ${close} in onApplicationShutdown.`);
	return service;
}

function withHook(source: Source, { indent, newLine, semicolon }: Style, service: ts.ClassDeclaration, code: string): Edit {
	const margin = indentAt(source.text, service.getStart());
	const type = source.isTypeScript ? ": Promise<void>" : "";
	const lines = [`async onApplicationShutdown()${type} {`, `${indent}${code}${semicolon}`, "}"];
	const text = lines.map((line) => `${newLine}${margin}${indent}${line}`).join("");
	const last = service.members.at(-1);
	if (last) return { start: last.end, end: last.end, text: newLine + text };
	const open = source.text.lastIndexOf("{", service.end);
	return { start: open + 1, end: service.end - 1, text: `${text}${newLine}${margin}` };
}

function atEndOf(source: Source, { indent, newLine, semicolon }: Style, hook: ts.MethodDeclaration, code: string): Edit {
	const { body } = hook;
	const name = hook.name.getText();
	const isAsync = hasModifier(hook, ts.SyntaxKind.AsyncKeyword);
	const last = body?.statements.at(-1);
	if (!body || !isAsync || (last && ts.isReturnStatement(last)))
		throw new Refusal(`${name} is not an async method that runs to its end. Add ${code} there.`);
	const margin = indentAt(source.text, hook.getStart());
	const text = `${newLine}${margin}${indent}${code}${semicolon}`;
	if (last) return { start: last.end, end: last.end, text };
	return { start: body.getStart(source.tree) + 1, end: body.end - 1, text: `${text}${newLine}${margin}` };
}

interface Signals {
	readonly changes: readonly FileChange[];
	readonly notes: readonly string[];
}

/** Nest heeds signals only when it is told to. */
function withSignals({ source: { path } }: Closable, context: FixContext): Signals {
	if (appFilesLoading(path, "enableShutdownHooks", context).length > 0) return { changes: [], notes: [] };
	const starts = appFilesLoading(path, "NestFactory", context).flatMap((file) => startsIn(context.source(file)));
	const [start] = starts;
	if (!start || starts.length > 1) {
		const why = start ? "several applications use this file" : "no constant holds an application that uses this file";
		return { changes: [], notes: [`Nest heeds SIGTERM only after app.enableShutdownHooks(), which is yours to call: ${why}.`] };
	}
	const { source, statement, name } = start;
	const { newLine, semicolon } = styleOf(source, context.model.workspace.packageOf(source.path));
	const text = `${newLine}${indentAt(source.text, statement.getStart())}${name}.enableShutdownHooks()${semicolon}`;
	return { changes: [fileEdit(source.path, source.text, [{ start: statement.end, end: statement.end, text }])], notes: [] };
}

interface Start {
	readonly source: Source;
	/** `app` */
	readonly name: string;
	readonly statement: ts.VariableStatement;
}

/** `const app = await NestFactory.create(AppModule)` */
function startsIn(source: Source): Start[] {
	const found: Start[] = [];
	visit(source.tree, (node) => {
		if (!ts.isCallExpression(node) || !/^NestFactory\s*\.\s*create/.test(node.expression.getText())) return;
		const declaration = ancestor(node, ts.isVariableDeclaration);
		const statement = declaration && ancestor(declaration, ts.isVariableStatement);
		if (declaration && statement && ts.isIdentifier(declaration.name) && declaration.initializer?.getText() === `await ${node.getText()}`)
			found.push({ source, name: declaration.name.text, statement });
	});
	return found;
}
