import type { FileFacts } from "../facts/index.js";
import type { Value } from "./values.js";

/** Prisma 8's runtimes, each with the function that makes its client; their `/serverless` entries connect per request by design. */
const FUNCTIONS: Readonly<Record<string, string>> = {
	"@prisma/orm-postgres": "postgres",
	"@prisma/orm-mongo": "mongo",
	"@prisma/orm-sqlite": "sqlite",
};

const RUNTIME = /^@prisma\/orm-[a-z]+\/runtime$/;

/** The package whose clients a function makes: `postgres` of `@prisma/orm-postgres/runtime`; null for every other value. */
export function clientPackage(value: Value): string | null {
	if (value.k !== "external" || value.origin.k !== "package" || value.origin.subpath !== "runtime") return null;
	const { name } = value.origin;
	const made = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
	if (made === undefined) return null;
	const [member, ...rest] = value.path;
	return rest.length === 0 && (member === undefined || member === made) ? name : null;
}

export function isClientFunction(value: Value): boolean {
	return clientPackage(value) !== null;
}

/** Whether a file imports such a function at all: a cheap look before its calls are followed. */
export function importsClientFunction(facts: FileFacts): boolean {
	return facts.imports.some(({ specifier }) => RUNTIME.test(specifier));
}
