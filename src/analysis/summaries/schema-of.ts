import type { Package, Workspace } from "../workspace/types.js";
import type { ClientClass } from "./client-class.js";

/** The client that Prisma generates where a generator names no output. */
const DEFAULT_CLIENT = "@prisma/client";

/**
 * What a client's class is generated from: the schema, so that `@prisma/client` and a generated folder are one where one schema writes
 * both; the class's own key where that cannot be told.
 */
export function schemaOf(workspace: Workspace, pkg: Package, { key }: ClientClass): string {
	if (key !== DEFAULT_CLIENT) return workspace.generatorOf(key)?.schema ?? key;
	const schemas = workspace.packages.find(({ dir }) => dir === pkg.prismaFrom)?.schemas ?? [];
	const writing = schemas.filter(({ generators }) =>
		generators.some(({ provider, output }) => output === null && /prisma-client/.test(provider)),
	);
	const [only, ...others] = writing.length > 0 ? writing : schemas;
	return only && others.length === 0 ? only.path : key;
}
