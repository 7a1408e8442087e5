import { ts } from "ts-morph";
import type { Finding } from "../../protocol/index.js";
import type { Client } from "../summaries/clients.js";
import { clientAt } from "./client-at.js";
import { type ClientPlace, clientPlace } from "./client-place.js";
import { type Edit, fileEdit } from "./edits.js";
import type { FixContext, FixKind } from "./kind.js";
import { LocalNames } from "./local-name.js";
import { isAtLoad, statementOf } from "./nodes.js";
import type { Source } from "./source.js";
import { type Style, styleOf } from "./style.js";
import { Refusal } from "./types.js";

/** Options that leave the client's type as it is; `log`, `omit` and extensions make another one of it. */
const UNTYPED = new Set(["adapter", "accelerateUrl", "datasourceUrl", "datasources", "errorFormat", "transactionOptions"]);

/** Keeps a module's client on the global object outside production, as Prisma documents it. */
export const guardHotReload: FixKind = {
	plan(finding, context) {
		const client = clientAt(finding, context);
		const source = context.source(finding.file);
		const creation = source.newAt(client.fact.span);
		if (!creation) throw new Refusal("This client is not made by a plain `new`.");
		const place = clientPlace(source, creation);
		const guard = new Guard(source, styleOf(source, client.package), place, keyOf(client, context));
		return {
			title: "Keep the client on globalThis outside production",
			changes: [fileEdit(finding.file, source.text, guard.edits(finding))],
			notes: [],
		};
	},
};

/** Clients of other modules must not meet under one key. */
function keyOf(client: Client, { model }: FixContext): string {
	const others = model.clients.all.filter((other) => other.isApp && other.file !== client.file && shareProcess(other, client));
	if (others.length === 0) return "prisma";
	const path = client.file.slice(client.package.dir.length).replace(/\.\w+$/, "");
	const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== "" && word !== "src" && word !== "prisma");
	return `prisma${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")}`;
}

function shareProcess(a: Client, b: Client): boolean {
	return [...a.processes].some((process) => b.processes.has(process));
}

class Guard {
	constructor(
		private readonly source: Source,
		private readonly style: Style,
		private readonly place: ClientPlace,
		private readonly key: string,
	) {}

	edits(finding: Finding): Edit[] {
		const { holder, outer } = this.place;
		if (!isAtLoad(outer)) throw new Refusal(`A function of ${finding.file} makes this client later on. Keep what it makes on globalThis.`);
		if (holder.kind === "variable") return this.#variable(holder.declaration);
		if (ts.isExportAssignment(outer.parent) && !outer.parent.isExportEquals) return this.#exported(outer.parent, "export default");
		const assigned = outer.parent;
		const isModule =
			ts.isBinaryExpression(assigned) && ts.isExpressionStatement(assigned.parent) && assigned.left.getText() === "module.exports";
		if (isModule) return this.#exported(assigned.parent, "module.exports =");
		throw new Refusal("This client is not held by a variable of its module.");
	}

	#variable(declaration: ts.VariableDeclaration): Edit[] {
		const statement = statementOf(declaration);
		const { flags, declarations } = statement?.declarationList ?? { flags: 0, declarations: [] };
		const isConstant = (flags & ts.NodeFlags.Const) !== 0 && declarations.length === 1;
		if (!statement || !ts.isSourceFile(statement.parent) || !isConstant) throw new Refusal("This client is not a constant of its module.");
		const { outer } = this.place;
		const store = this.#store();
		const { before, made } = this.#made();
		return [
			{ start: statement.getStart(), end: statement.getStart(), text: this.#lines([...before, this.#declare(store)], true) },
			{ start: outer.getStart(), end: outer.end, text: `${store}.${this.key} ?? ${made}` },
			{ start: statement.end, end: statement.end, text: this.#lines(["", "", this.#keep(store, declaration.name.getText())], false) },
		];
	}

	/** What was exported without a name gets one. */
	#exported(statement: ts.Statement, keyword: string): Edit[] {
		const store = this.#store();
		const name = this.#free(["prisma", "client"]);
		const { before, made } = this.#made();
		const { semicolon } = this.style;
		const client = `const ${name} = ${store}.${this.key} ?? ${made}${semicolon}`;
		const lines = [...before, this.#declare(store), "", client, "", this.#keep(store, name), "", `${keyword} ${name}${semicolon}`];
		return [{ start: statement.getStart(), end: statement.end, text: lines.join(this.style.newLine) }];
	}

	/** A client with a type of its own is made in a function, which alone can name it. */
	#made(): { readonly before: readonly string[]; readonly made: string } {
		const { outer } = this.place;
		const written = outer.getText();
		if (!this.#hasOwnType()) return { before: [], made: written };
		const make = this.#free(["createPrismaClient"]);
		const { indent, newLine, semicolon } = this.style;
		const body = written.replaceAll("\n", `\n${indent}`);
		return { before: [`function ${make}() {${newLine}${indent}return ${body}${semicolon}${newLine}}`, ""], made: `${make}()` };
	}

	#hasOwnType(): boolean {
		const { creation, made } = this.place;
		const [options] = creation.arguments ?? [];
		if (made !== creation) return true;
		if (!options) return false;
		return !ts.isObjectLiteralExpression(options) || options.properties.some((property) => !UNTYPED.has(property.name?.getText() ?? ""));
	}

	#declare(store: string): string {
		const { semicolon } = this.style;
		if (!this.source.isTypeScript) return `const ${store} = globalThis${semicolon}`;
		const type = this.#hasOwnType() ? "ReturnType<typeof createPrismaClient>" : this.place.creation.expression.getText();
		return `const ${store} = globalThis as unknown as { ${this.key}?: ${type} }${semicolon}`;
	}

	#keep(store: string, name: string): string {
		const { quote, semicolon } = this.style;
		return `if (process.env.NODE_ENV !== ${quote}production${quote}) ${store}.${this.key} = ${name}${semicolon}`;
	}

	#lines(lines: readonly string[], endsParagraph: boolean): string {
		const { newLine } = this.style;
		return lines.join(newLine) + (endsParagraph ? newLine + newLine : "");
	}

	#store(): string {
		return this.#free(["globalForPrisma"]);
	}

	#free(names: readonly string[]): string {
		return new LocalNames(this.source, new Set(), []).pick(names);
	}
}
