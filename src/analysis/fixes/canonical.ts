import { ts } from "ts-morph";
import { bare, isConst } from "./nodes.js";
import type { Source } from "./source.js";
import { specifierOf } from "./specifiers.js";

/** Options of a driver's pool: how many connections and for how long, never which database. */
const POOL_OPTIONS = new Set([
	"max",
	"min",
	"maxUses",
	"connectionLimit",
	"minimumIdle",
	"idleTimeout",
	"idleTimeoutMillis",
	"acquireTimeout",
	"connectionTimeoutMillis",
	"connectTimeout",
	"maxLifetimeSeconds",
	"allowExitOnIdle",
	"keepAlive",
	"disposeExternalPool",
]);

const POOL_PARAMETERS = /^[?&](?:(?:connection_limit|pool_timeout|connect_timeout|socket_timeout|max_idle_connection_lifetime)=\w*&?)+$/;

/** An expression in one spelling, so that the same options written in two files compare equal. */
export class Canonical {
	/** Pool numbers met on the way: they are compared apart. */
	readonly pool = new Map<string, string>();

	constructor(
		private readonly source: Source,
		private readonly resolve: (specifier: string) => string,
	) {}

	text(expression: ts.Node, depth = 0): string {
		const inner = ts.isExpression(expression) ? bare(expression) : expression;
		if (depth > 20) return inner.getText();
		const next = (node: ts.Node): string => this.text(node, depth + 1);
		if (ts.isIdentifier(inner)) return this.#name(inner, depth);
		if (ts.isStringLiteralLike(inner)) return JSON.stringify(inner.text);
		if (ts.isNumericLiteral(inner)) return String(Number(inner.text.replaceAll("_", "")));
		if (ts.isTemplateExpression(inner)) return this.#template(inner, depth);
		if (ts.isPropertyAccessExpression(inner)) return `${next(inner.expression)}.${inner.name.text}`;
		if (ts.isObjectLiteralExpression(inner))
			return `{${inner.properties
				.flatMap((property) => this.#property(property, depth))
				.sort()
				.join(",")}}`;
		if (ts.isArrayLiteralExpression(inner)) return `[${inner.elements.map(next).join(",")}]`;
		if (ts.isNewExpression(inner)) return `new ${next(inner.expression)}(${this.#arguments(inner, next)})`;
		if (ts.isCallExpression(inner)) return `${next(inner.expression)}(${inner.arguments.map(next).join(",")})`;
		if (ts.isBinaryExpression(inner)) return this.#binary(inner, depth);
		return inner.getText().replace(/\s+/g, " ");
	}

	/** Options of which only pool numbers were said are as good as none. */
	#arguments({ arguments: given }: ts.NewExpression, next: (node: ts.Node) => string): string {
		return (given ?? [])
			.map(next)
			.join(",")
			.replace(/,\{\}$/, "");
	}

	#name(name: ts.Identifier, depth: number): string {
		const declaration = this.source.declarationOf(name);
		if (!declaration) return name.text;
		const specifier = specifierOf(this.source, declaration);
		if (specifier !== undefined) return `${this.resolve(specifier)}#${importedName(declaration) ?? name.text}`;
		if (ts.isVariableDeclaration(declaration) && declaration.initializer && isConst(declaration))
			return this.text(declaration.initializer, depth + 1);
		if (ts.isBindingElement(declaration) && ts.isVariableDeclaration(declaration.parent.parent) && declaration.parent.parent.initializer) {
			return `${this.text(declaration.parent.parent.initializer, depth + 1)}.${importedName(declaration) ?? name.text}`;
		}
		return name.text;
	}

	/** A pool's size in a URL's parameters does not make it another database. */
	#template(template: ts.TemplateExpression, depth: number): string {
		const parts = template.templateSpans.map((span) => `\${${this.text(span.expression, depth + 1)}}${this.#suffix(span.literal.text)}`);
		const whole = template.head.text + parts.join("");
		return /^\$\{([^}]*)\}$/.exec(whole)?.[1] ?? `\`${whole}\``;
	}

	#binary(binary: ts.BinaryExpression, depth: number): string {
		const left = this.text(binary.left, depth + 1);
		const operator = binary.operatorToken.getText();
		const right = bare(binary.right);
		if (ts.isStringLiteralLike(right)) {
			if (operator === "??" || operator === "||") return left;
			if (operator === "+" && this.#suffix(right.text) === "") return left;
		}
		return `${left} ${operator} ${this.text(right, depth + 1)}`;
	}

	#suffix(text: string): string {
		if (!POOL_PARAMETERS.test(text)) return text;
		for (const [name, value] of new URLSearchParams(text)) this.pool.set(name, value);
		return "";
	}

	#property(property: ts.ObjectLiteralElementLike, depth: number): string[] {
		if (ts.isSpreadAssignment(property)) return [`...${this.text(property.expression, depth + 1)}`];
		const name = property.name.getText().replace(/^["']|["']$/g, "");
		const value = this.#valueOf(property, depth);
		if (POOL_OPTIONS.has(name)) {
			this.pool.set(name, value);
			return [];
		}
		return [`${name}:${value}`];
	}

	#valueOf(property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>, depth: number): string {
		if (ts.isShorthandPropertyAssignment(property)) return this.text(property.name, depth + 1);
		return ts.isPropertyAssignment(property) ? this.text(property.initializer, depth + 1) : property.getText();
	}
}

function importedName(declaration: ts.Declaration): string | undefined {
	if (!ts.isImportSpecifier(declaration) && !ts.isBindingElement(declaration)) return undefined;
	return (declaration.propertyName ?? declaration.name).getText();
}
