import { ts } from "ts-morph";
import type { RemovedOption } from "../pools/index.js";
import { addImport } from "./add-import.js";
import { type Edit, fileEdit } from "./edits.js";
import type { FixContext, Repair } from "./kind.js";
import { bare, expressionAt } from "./nodes.js";
import { removeProperty } from "./object-literal.js";
import { has } from "./pool-options.js";
import type { Source } from "./source.js";
import { styleOf } from "./style.js";
import { Refusal } from "./types.js";

interface Adapter {
	readonly className: string;
	/** Whether it takes the URL in an object of options, or as it is. */
	readonly takesOptions: boolean;
}

const ADAPTERS: Readonly<Record<string, Adapter>> = {
	"@prisma/adapter-pg": { className: "PrismaPg", takesOptions: true },
	"@prisma/adapter-neon": { className: "PrismaNeon", takesOptions: true },
	"@prisma/adapter-mariadb": { className: "PrismaMariaDb", takesOptions: false },
	"@prisma/adapter-mssql": { className: "PrismaMssql", takesOptions: false },
};

/** Prisma 7 takes the URL from an adapter: the constructor's old option becomes one. */
export function giveUrlToAdapter({ file, option, span, major }: RemovedOption, context: FixContext): Repair {
	const source = context.source(file);
	const property = expressionAt(source.tree, span)?.parent;
	const isProperty = property && (ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property));
	if (!isProperty || !ts.isObjectLiteralExpression(property.parent)) throw new Refusal(`${option} is not an option here any more.`);
	const repair = (title: string, edits: readonly Edit[]): Repair => ({ title, changes: [fileEdit(file, source.text, edits)], notes: [] });
	if (has(property.parent, "adapter")) return repair(`Remove ${option}`, [removeProperty(source, property)]);
	const owner = context.model.workspace.packageOf(file);
	const known = owner.adapters.flatMap((specifier) => {
		const adapter = Object.hasOwn(ADAPTERS, specifier) ? ADAPTERS[specifier] : undefined;
		return adapter ? [{ specifier, adapter }] : [];
	});
	const [only, ...others] = known;
	if (!only || others.length > 0)
		throw new Refusal(`Prisma ${major} needs a driver adapter. Install the one of your database, such as @prisma/adapter-pg.`);
	const { specifier, adapter } = only;
	const url = urlOf(source, property);
	const { local, edit } = addImport(source, styleOf(source, owner), specifier, adapter.className);
	const argument = adapter.takesOptions ? `{ ${url === "connectionString" ? url : `connectionString: ${url}`} }` : certain(url);
	const made = { start: property.getStart(), end: property.end, text: `adapter: new ${local}(${argument})` };
	return repair(`Give the URL to ${adapter.className}`, [...(edit ? [edit] : []), made]);
}

/** `url` of `datasourceUrl: url` and of `datasources: { db: { url } }`. */
function urlOf(source: Source, property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment): string {
	if (ts.isShorthandPropertyAssignment(property)) return property.name.text;
	let value = bare(property.initializer);
	while (ts.isObjectLiteralExpression(value)) {
		const [inner, ...more] = value.properties;
		if (!inner || more.length > 0) throw new Refusal("The URL is not the only thing stated here.");
		if (ts.isShorthandPropertyAssignment(inner)) return inner.name.text;
		if (!ts.isPropertyAssignment(inner)) throw new Refusal("The URL cannot be seen here.");
		value = bare(inner.initializer);
	}
	return source.text.slice(value.getStart(), value.end);
}

/** A variable of the environment may be missing, and these adapters take text only. */
function certain(url: string): string {
	return /^process\.env\.\w+$/.test(url) ? `${url} ?? ""` : url;
}
