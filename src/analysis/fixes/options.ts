import { ts } from "ts-morph";
import { Canonical } from "./canonical.js";
import type { ClientPlace } from "./client-place.js";
import { bare, isConst } from "./nodes.js";
import type { Source } from "./source.js";
import { Refusal } from "./types.js";

/** What a client is made with, in a spelling that compares. */
export interface ClientOptions {
	readonly entries: ReadonlyMap<string, string>;
	readonly pool: ReadonlyMap<string, string>;
	readonly extensions: readonly string[];
}

/** What the reader should know. */
export interface Difference {
	readonly notes: readonly string[];
	/** Whether the client itself stated options, other than pool numbers, that the shared one does not have. */
	readonly losesOptions: boolean;
}

/** Options whose loss changes what is logged or how long a transaction may last, but not which data is read. */
const TOLERABLE = new Set(["log", "errorFormat", "transactionOptions"]);

export function optionsOf(source: Source, place: ClientPlace, resolve: (specifier: string) => string): ClientOptions {
	const canonical = new Canonical(source, resolve);
	const entries = new Map<string, string>();
	const [argument, ...more] = place.creation.arguments ?? [];
	for (const [name, value] of argument ? entriesOf(source, bare(argument)) : []) {
		// Both say which URL to connect to.
		const key = name === "datasources" ? "datasourceUrl" : name;
		const expression = name === "datasources" ? urlOf(value) : value;
		entries.set(key, canonical.text(expression));
	}
	if (more.length > 0) entries.set("arguments", more.map((extra) => canonical.text(extra)).join(","));
	return { entries, pool: canonical.pool, extensions: place.extensions.map((extension) => canonical.text(extension)) };
}

function entriesOf(source: Source, argument: ts.Expression): [string, ts.Expression][] {
	const object = constantOf(source, argument);
	if (!ts.isObjectLiteralExpression(object)) return [["options", object]];
	return object.properties.map((property): [string, ts.Expression] => {
		if (ts.isSpreadAssignment(property)) return ["options", property.expression];
		const name = property.name.getText();
		if (ts.isShorthandPropertyAssignment(property)) return [name, property.name];
		return ts.isPropertyAssignment(property) ? [name, property.initializer] : [name, object];
	});
}

function constantOf(source: Source, expression: ts.Expression): ts.Expression {
	if (!ts.isIdentifier(expression)) return expression;
	const declaration = source.declarationOf(expression);
	return declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) && declaration.initializer
		? bare(declaration.initializer)
		: expression;
}

/** `{ db: { url } }` */
function urlOf(datasources: ts.Expression): ts.Expression {
	let at = bare(datasources);
	for (let depth = 0; depth < 2 && ts.isObjectLiteralExpression(at) && at.properties.length === 1; depth++) {
		const [property] = at.properties;
		if (property && ts.isPropertyAssignment(property)) at = bare(property.initializer);
		else if (property && ts.isShorthandPropertyAssignment(property)) at = property.name;
	}
	return at;
}

/** What is said of the two clients that are compared. */
export interface ComparedNames {
	/** File of the client that goes. */
	readonly own: string;
	/** What the module of the client that stays is called. */
	readonly shared: string;
}

/** Compares with the client that stays; throws a `Refusal` when the two are not the same client. */
export function compare(own: ClientOptions, shared: ClientOptions, names: ComparedNames, defaultUrls: ReadonlySet<string>): Difference {
	if (own.extensions.join() !== shared.extensions.join()) {
		throw new Refusal(`Its $extends(…) differ from those of the client in ${names.shared}.`);
	}
	const lost: string[] = [];
	const gained: string[] = [];
	for (const name of new Set([...own.entries.keys(), ...shared.entries.keys()])) {
		const here = optionOf(own, name, defaultUrls);
		const there = optionOf(shared, name, defaultUrls);
		if (here === there) continue;
		if (name === "adapter" || name === "datasourceUrl" || name === "accelerateUrl" || name === "options") {
			throw new Refusal(`It may use another database: its ${label(name)} ${verb(name)} from the client's in ${names.shared}.`);
		}
		if (!TOLERABLE.has(name)) throw new Refusal(`Its option ${name} differs from the client's in ${names.shared}.`);
		(here === undefined ? gained : lost).push(`\`${name}\``);
	}
	const notes = [
		...(lost.length > 0 ? [dropped("Options", lost.join(", "), names)] : []),
		...(gained.length > 0 ? [`The options ${gained.join(", ")} of the client in ${names.shared} apply from now on.`] : []),
		...poolDifference(own, shared, names),
	];
	return { notes, losesOptions: lost.length > 0 };
}

function optionOf(options: ClientOptions, name: string, defaultUrls: ReadonlySet<string>): string | undefined {
	const value = options.entries.get(name);
	return name === "datasourceUrl" && value !== undefined && defaultUrls.has(value) ? undefined : value;
}

/** A fix of many clients tells of each: the file says which one is meant. */
function dropped(what: string, names: string, { own, shared }: ComparedNames): string {
	return `${what} of the client in ${own} are dropped (${names}); the client in ${shared} keeps its own.`;
}

function poolDifference(own: ClientOptions, shared: ClientOptions, names: ComparedNames): string[] {
	const lost = [...own.pool].filter(([name, value]) => shared.pool.get(name) !== value);
	if (lost.length === 0) return [];
	const settings = lost.map(([name, value]) => (/^[\w." -]{1,40}$/.test(value) ? `${name}: ${value}` : name)).join(", ");
	return [dropped("Pool settings", settings, names)];
}

function label(name: string): string {
	return name === "datasourceUrl" ? "URL" : name;
}

function verb(name: string): string {
	return name === "options" ? "differ" : "differs";
}
