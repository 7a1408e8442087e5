/** Who keeps the connections, and what is known of its pool. From Prisma's and the drivers' documentation, and the drivers' source. */
export interface PoolDriver {
	readonly kind: "rust" | "pg" | "neon" | "mariadb" | "mssql" | "orm-postgres";
	/** As people know it. */
	readonly title: string;
	/** Connections when nothing is said; null when it depends on the machine. */
	readonly defaultSize: number | null;
	readonly defaultText: string;
	/** The option that sets the size, a path into the options: `pool.max`. */
	readonly option: string;
	/** The option that keeps connections open when idle. */
	readonly minimumOption: string | null;
	/** URL parameters that set the size; empty when the driver ignores the URL. */
	readonly urlParameters: readonly string[];
	readonly source: string;
}

const DRIVERS: Readonly<Record<PoolDriver["kind"], PoolDriver>> = {
	rust: {
		kind: "rust",
		title: "Prisma's Rust engine",
		defaultSize: null,
		defaultText: "2 × physical CPUs + 1",
		option: "connection_limit",
		minimumOption: null,
		urlParameters: ["connection_limit"],
		source: "Prisma's documentation of the connection pool up to version 6",
	},
	pg: {
		kind: "pg",
		title: "node-postgres",
		defaultSize: 10,
		defaultText: "10",
		option: "max",
		minimumOption: "min",
		urlParameters: [],
		source: "its pg.Pool, which ignores connection_limit",
	},
	neon: {
		kind: "neon",
		title: "the Neon driver",
		defaultSize: 10,
		defaultText: "10",
		option: "max",
		minimumOption: "min",
		urlParameters: [],
		source: "its Pool, which is that of node-postgres",
	},
	mariadb: {
		kind: "mariadb",
		title: "the MariaDB connector",
		defaultSize: 10,
		defaultText: "10",
		option: "connectionLimit",
		minimumOption: "minimumIdle",
		urlParameters: ["connectionLimit"],
		source: "the documentation of MariaDB Connector/Node.js",
	},
	mssql: {
		kind: "mssql",
		title: "node-mssql",
		defaultSize: 10,
		defaultText: "10",
		option: "pool.max",
		minimumOption: "pool.min",
		urlParameters: ["connectionLimit"],
		source: "its documentation",
	},
	"orm-postgres": {
		kind: "orm-postgres",
		title: "Prisma 8",
		defaultSize: 10,
		defaultText: "10",
		option: "pg",
		minimumOption: null,
		urlParameters: [],
		source: "its postgres(), which makes a pg.Pool without a size",
	},
};

/** Adapter classes, and the package that exports each. Adapters over HTTP or a file (D1, PlanetScale, libSQL, SQLite) keep no pool. */
const ADAPTERS: Readonly<Record<string, PoolDriver["kind"]>> = {
	PrismaPg: "pg",
	PrismaNeon: "neon",
	PrismaMariaDb: "mariadb",
	PrismaMssql: "mssql",
};

const ADAPTER_PACKAGES: Readonly<Record<string, PoolDriver["kind"]>> = {
	"@prisma/adapter-pg": "pg",
	"@prisma/adapter-neon": "neon",
	"@prisma/adapter-mariadb": "mariadb",
	"@prisma/adapter-mssql": "mssql",
};

export const RUST_POOL: PoolDriver = DRIVERS.rust;
export const PG_POOL: PoolDriver = DRIVERS.pg;
/** The pool that Prisma 8's `postgres({ url })` makes itself; another size takes a `Pool` of one's own under `pg`. */
export const ORM_POSTGRES_POOL: PoolDriver = DRIVERS["orm-postgres"];

/** The driver behind an adapter class; null for classes that are no adapter with a pool. */
export function driverOfAdapter(className: string): PoolDriver | null {
	const kind = Object.hasOwn(ADAPTERS, className) ? ADAPTERS[className] : undefined;
	return kind === undefined ? null : DRIVERS[kind];
}

/** The driver behind an adapter package. */
export function driverOfPackage(name: string): PoolDriver | null {
	const kind = Object.hasOwn(ADAPTER_PACKAGES, name) ? ADAPTER_PACKAGES[name] : undefined;
	return kind === undefined ? null : DRIVERS[kind];
}
