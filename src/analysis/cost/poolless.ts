/** What an adapter without a connection pool does instead. From Prisma's adapters and the documentation of the drivers behind them. */
export interface PoollessDriver {
	/** As people know it. */
	readonly title: string;
	/** How queries reach the database: a sentence. */
	readonly how: string;
	/** The option that bounds what runs at once or waits; null when there is none. */
	readonly option: { readonly name: string; readonly fallback: string; readonly unit: "requests at once" | "ms for a locked file" } | null;
	readonly source: string;
}

const LIBSQL: PoollessDriver = {
	title: "the libSQL client",
	how: "Queries share one client: HTTP requests or one WebSocket for a server, one handle for a file.",
	option: { name: "concurrency", fallback: "20", unit: "requests at once" },
	source: "its documentation",
};

const BETTER_SQLITE3: PoollessDriver = {
	title: "better-sqlite3",
	how: "Queries share one handle on the database file, one after the other.",
	option: { name: "timeout", fallback: "5000", unit: "ms for a locked file" },
	source: "its documentation",
};

const PLANETSCALE: PoollessDriver = {
	title: "the PlanetScale driver",
	how: "Every query is an HTTP request: no connection stays open.",
	option: null,
	source: "its documentation",
};

const D1: PoollessDriver = {
	title: "Cloudflare D1",
	how: "Queries go to the Worker's binding or over HTTP: no connection stays open.",
	option: null,
	source: "Cloudflare's documentation",
};

const NEON_HTTP: PoollessDriver = {
	title: "the Neon driver over HTTP",
	how: "Every query is an HTTP request: no connection stays open, and interactive transactions are not possible.",
	option: null,
	source: "its documentation",
};

/** Adapter classes, also under the names they had in Prisma 5 and 6. */
const CLASSES: Readonly<Record<string, PoollessDriver>> = {
	PrismaLibSql: LIBSQL,
	PrismaLibSQL: LIBSQL,
	PrismaBetterSqlite3: BETTER_SQLITE3,
	PrismaBetterSQLite3: BETTER_SQLITE3,
	PrismaPlanetScale: PLANETSCALE,
	PrismaD1: D1,
	PrismaD1Http: D1,
	PrismaD1HTTP: D1,
	PrismaNeonHttp: NEON_HTTP,
	PrismaNeonHTTP: NEON_HTTP,
};

/** The driver behind an adapter class that keeps no pool; null for other classes. */
export function poollessDriver(className: string): PoollessDriver | null {
	return (Object.hasOwn(CLASSES, className) ? CLASSES[className] : undefined) ?? null;
}
