import type { Linker } from "./linker.js";
import type { Value } from "./values.js";

const MAX_BASES = 8;

/** The class a client is made of: which generated client it is, and the workspace class when it is a subclass. */
export interface ClientClass {
	/** Clients of different databases have different keys: the generator's output, or "@prisma/client". */
	readonly key: string;
	/** `class PrismaService extends PrismaClient`, outermost first; empty for the generated class itself. */
	readonly subclasses: readonly (Value & { k: "class" })[];
}

/** Says whether a value is a PrismaClient class, in any of the forms it is imported, renamed or extended. */
export function clientClass(linker: Linker, value: Value, depth = 0): ClientClass | null {
	if (depth > MAX_BASES) return null;
	if (value.k === "external") return externalClient(value);
	// A committed Prisma 7 client: `export const PrismaClient = $Class.getPrismaClientClass()`.
	if (value.k === "product" && value.of.k === "external" && value.of.path.at(-1) === "getPrismaClient")
		return { key: "@prisma/client", subclasses: [] };
	if (value.k !== "class") return null;
	const fact = linker.facts(value.file)?.classes[value.id];
	if (!fact?.superClass) return null;
	for (const base of linker.values(value.file, fact.superClass, fact.owner)) {
		const found = clientClass(linker, base, depth + 1);
		if (found) return { key: found.key, subclasses: [value, ...found.subclasses] };
	}
	return null;
}

/**
 * Only the exact name counts: `PrismaClientKnownRequestError` is no client (FORMS.md, quiet 1). A generated module is one by
 * its place; a package or a module that is not there yet is one by the name it exports.
 */
function externalClient(value: Value & { k: "external" }): ClientClass | null {
	if (value.path.at(-1) !== "PrismaClient" || value.path.length > 2) return null;
	switch (value.origin.k) {
		case "generated":
			return { key: value.origin.output, subclasses: [] };
		case "package":
			return { key: value.origin.name, subclasses: [] };
		case "unresolved":
			return { key: value.origin.specifier.replace(/^(\.\.?\/|@\/|~\/)+/, ""), subclasses: [] };
	}
}
