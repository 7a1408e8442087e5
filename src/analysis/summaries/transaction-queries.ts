/** Methods of a model that run a query. */
const MODEL_QUERIES = new Set([
	"findUnique",
	"findUniqueOrThrow",
	"findFirst",
	"findFirstOrThrow",
	"findMany",
	"create",
	"createMany",
	"createManyAndReturn",
	"update",
	"updateMany",
	"updateManyAndReturn",
	"upsert",
	"delete",
	"deleteMany",
	"count",
	"aggregate",
	"groupBy",
	"findRaw",
	"aggregateRaw",
]);

/** Methods of the client itself that take a connection. */
const CLIENT_QUERIES = new Set([
	"$queryRaw",
	"$queryRawUnsafe",
	"$queryRawTyped",
	"$executeRaw",
	"$executeRawUnsafe",
	"$runCommandRaw",
	"$transaction",
]);

/** Model methods that no other library's transaction object has under this name and two members deep. */
const PRISMA_ONLY = new Set([...MODEL_QUERIES].filter((name) => !["create", "update", "delete", "count", "aggregate"].includes(name)));

export function isQuery(name: string | null): boolean {
	return name !== null && (MODEL_QUERIES.has(name) || CLIENT_QUERIES.has(name));
}

export function isModelQuery(name: string | null): boolean {
	return name !== null && MODEL_QUERIES.has(name);
}

/** Whether a call of this name on a parameter's member shows the parameter to be a Prisma client. */
export function showsPrisma(name: string | null): boolean {
	return name !== null && (PRISMA_ONLY.has(name) || CLIENT_QUERIES.has(name));
}
