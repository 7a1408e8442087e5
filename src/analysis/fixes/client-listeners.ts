import { ts } from "ts-morph";
import { type ClientPlace, mentionsOf } from "./client-place.js";
import { memberOf } from "./disconnects.js";
import { bare, isAtLoad, visit, within } from "./nodes.js";
import type { Source } from "./source.js";
import { Refusal } from "./types.js";

/** `prisma.$on("query", …)` of a client that is to be replaced. */
export interface ClientListener {
	readonly statement: ts.ExpressionStatement;
	readonly event: string;
	readonly line: number;
	/** What it does, in one spelling, when it needs nothing of its file; null when it cannot be compared with another's. */
	readonly spelling: string | null;
}

/** The client that stays, and what keeps it. */
export interface Home {
	readonly file: string;
	readonly source: Source;
	readonly place: ClientPlace;
	/** Whether it outlives a reload of the modules around it, or is replaced by another one later on. */
	readonly isStatic: boolean;
}

/** @throws a `Refusal` when a listener is added more than once, or for an event that is not written there. */
export function listenersOf(source: Source, { holder }: ClientPlace): ClientListener[] {
	return mentionsOf(source, holder).flatMap((mention): ClientListener[] => {
		const member = memberOf(mention);
		if (member?.name.text !== "$on" && member?.name.text !== "$use") return [];
		const line = source.lineOf(member.getStart());
		if (member.name.text === "$use")
			throw new Refusal(
				`This client has its own $use on line ${line}, which every user of the shared client would get. Move it there first.`,
			);
		const listener = listenerAt(source, member);
		if (listener) return [listener];
		throw new Refusal(
			`The $on on line ${line} may run again and again, and listeners pile up on a shared client. Add it where that client is made.`,
		);
	});
}

/** A listener that its module adds once, when it is loaded. */
function listenerAt(source: Source, member: ts.PropertyAccessExpression): ClientListener | null {
	const call = member.parent;
	const statement = call.parent;
	if (!ts.isCallExpression(call) || !ts.isExpressionStatement(statement) || !isAtLoad(call)) return null;
	const [event, listener] = call.arguments;
	if (!event || !listener || !ts.isStringLiteralLike(event)) return null;
	return { statement, event: event.text, line: source.lineOf(member.getStart()), spelling: spellingOf(source, event.text, listener) };
}

/** What the shared client's own module listens to, in the same spelling. */
export function heardBy({ source, place }: Home): Set<string> {
	const members = mentionsOf(source, place.holder).flatMap((mention) => memberOf(mention) ?? []);
	return new Set(members.flatMap((member) => (member.name.text === "$on" ? (listenerAt(source, member)?.spelling ?? []) : [])));
}

/**
 * Listeners that stay on the shared client, and those that it has already.
 * @param heard Spellings of the listeners it has; those that stay are added.
 * @throws a `Refusal` when a listener would hear nothing there, or pile up
 */
export function settleListeners(
	{ path }: Source,
	listeners: readonly ClientListener[],
	home: Home,
	heard: Set<string>,
): { readonly doubles: readonly ts.Statement[]; readonly notes: readonly string[] } {
	const kept: ClientListener[] = [];
	const doubles: ts.Statement[] = [];
	for (const listener of listeners) {
		requireHeard(listener, home);
		if (listener.spelling !== null && heard.has(listener.spelling)) doubles.push(listener.statement);
		else kept.push(listener);
		if (listener.spelling !== null) heard.add(listener.spelling);
	}
	const notes = kept.map(
		({ event, line }) => `The $on("${event}") on line ${line} of ${path} hears all that use the client in ${home.file} from now on.`,
	);
	return { doubles, notes };
}

function requireHeard({ event, line }: ClientListener, { file, source, place, isStatic }: Home): void {
	if (!emittedBy(source, place).has(event)) {
		throw new Refusal(
			`The $on on line ${line} would hear nothing: the log of the client in ${file} does not emit "${event}". Add { emit: "event", level: "${event}" } there first.`,
		);
	}
	if (!isStatic)
		throw new Refusal(`The client in ${file} outlives this module or is replaced later, so the $on on line ${line} belongs there.`);
	const { holder, outer, creation } = place;
	const isTyped = holder.kind !== "variable" || holder.declaration.type !== undefined || outer !== creation;
	if (isTyped && source.isTypeScript)
		throw new Refusal(`The type of the client in ${file} does not say what its log emits, so the $on on line ${line} would not compile.`);
}

/** `log: [{ emit: "event", level: "query" }]` */
function emittedBy(source: Source, { creation }: ClientPlace): Set<string> {
	const events = new Set<string>();
	const [options] = creation.arguments ?? [];
	const log = options && entryOf(source, options, "log");
	for (const entry of log && ts.isArrayLiteralExpression(log) ? log.elements : []) {
		const emit = entryOf(source, entry, "emit");
		const level = entryOf(source, entry, "level");
		if (emit && ts.isStringLiteralLike(emit) && emit.text === "event" && level && ts.isStringLiteralLike(level)) events.add(level.text);
	}
	return events;
}

/** What an object literal, or a constant that holds one, says under a key. */
function entryOf(source: Source, expression: ts.Expression, key: string): ts.Expression | null {
	const inner = bare(expression);
	const declaration = ts.isIdentifier(inner) ? source.declarationOf(inner) : undefined;
	const object = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? bare(declaration.initializer) : inner;
	if (!ts.isObjectLiteralExpression(object)) return null;
	const property = object.properties.find((candidate) => candidate.name?.getText() === key);
	return property && ts.isPropertyAssignment(property) ? bare(property.initializer) : null;
}

function spellingOf(source: Source, event: string, listener: ts.Expression): string | null {
	let isAlone = true;
	visit(listener, (node) => {
		if (node.kind === ts.SyntaxKind.ThisKeyword) isAlone = false;
		if (!ts.isIdentifier(node) || !source.mentions(node.text).includes(node)) return;
		const declaration = source.declarationOf(node);
		if (declaration && !within(declaration, listener)) isAlone = false;
	});
	return isAlone ? `${event} ${listener.getText().replace(/\s+/g, " ")}` : null;
}
