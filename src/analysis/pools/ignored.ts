import type { PoolDriver } from "../cost/index.js";
import type { Linker } from "../summaries/linker.js";
import type { Package } from "../workspace/index.js";
import type { PoolSettings } from "./adapters.js";
import type { Located } from "./option-values.js";
import type { IgnoredSetting } from "./types.js";

/** By a setting's name: the option that does what was meant, null when the driver has none. */
type Instead = Readonly<Record<string, string | null>>;

/** Prisma's own URL parameters and those of other drivers, which node-postgres passes over. */
const PG_PARAMETERS: Instead = {
	connection_limit: "max",
	connectionLimit: "max",
	max: "max",
	pool_timeout: "connectionTimeoutMillis",
	connect_timeout: "connectionTimeoutMillis",
	socket_timeout: "query_timeout",
	max_idle_connection_lifetime: "idleTimeoutMillis",
	max_connection_lifetime: "maxLifetimeSeconds",
	connectionTimeoutMillis: "connectionTimeoutMillis",
	idleTimeoutMillis: "idleTimeoutMillis",
};

/** A pool of one's own, handed to `postgres()`. */
const OWN_POOL = "pg: new Pool({ max })";

const URL_PARAMETERS: Readonly<Record<PoolDriver["kind"], Instead>> = {
	rust: {},
	pg: PG_PARAMETERS,
	neon: PG_PARAMETERS,
	mariadb: {
		connection_limit: "connectionLimit",
		pool_timeout: "acquireTimeout",
		connect_timeout: "connectTimeout",
		socket_timeout: "socketTimeout",
		max_idle_connection_lifetime: "idleTimeout",
		max_connection_lifetime: null,
	},
	mssql: { connection_limit: "connectionLimit", pool_timeout: "pool.acquireTimeoutMillis" },
	"orm-postgres": {
		connection_limit: OWN_POOL,
		connectionLimit: OWN_POOL,
		max: OWN_POOL,
		pool_timeout: "poolOptions.connectionTimeoutMillis",
		max_idle_connection_lifetime: "poolOptions.idleTimeoutMillis",
	},
};

/** Options of other pools (knex, mysql2, generic-pool) that node-postgres's Pool passes over. */
const PG_OPTIONS: Instead = {
	connectionLimit: "max",
	connection_limit: "max",
	maxConnections: "max",
	pool: "max",
	pool_timeout: "connectionTimeoutMillis",
	connect_timeout: "connectionTimeoutMillis",
	connectionTimeout: "connectionTimeoutMillis",
	acquireTimeout: "connectionTimeoutMillis",
	acquireTimeoutMillis: "connectionTimeoutMillis",
	idleTimeout: "idleTimeoutMillis",
	idle_timeout: "idleTimeoutMillis",
	connectionTtl: "maxLifetimeSeconds",
	maxLifetime: "maxLifetimeSeconds",
};

const OPTIONS: Readonly<Record<PoolDriver["kind"], Instead>> = {
	rust: {},
	pg: PG_OPTIONS,
	neon: PG_OPTIONS,
	mariadb: {
		max: "connectionLimit",
		maxConnections: "connectionLimit",
		connection_limit: "connectionLimit",
		pool: "connectionLimit",
		pool_timeout: "acquireTimeout",
		acquireTimeoutMillis: "acquireTimeout",
		connectionTimeoutMillis: "acquireTimeout",
		idleTimeoutMillis: "idleTimeout",
	},
	mssql: {
		max: "pool.max",
		connectionLimit: "pool.max",
		connection_limit: "pool.max",
		maxConnections: "pool.max",
		acquireTimeoutMillis: "pool.acquireTimeoutMillis",
		connectionTimeoutMillis: "connectionTimeout",
		idleTimeoutMillis: "pool.idleTimeoutMillis",
	},
	"orm-postgres": {
		max: OWN_POOL,
		min: null,
		connectionLimit: OWN_POOL,
		connection_limit: OWN_POOL,
		maxConnections: OWN_POOL,
		maxLifetimeSeconds: "pg: new Pool({ maxLifetimeSeconds })",
		connectionTimeout: "connectionTimeoutMillis",
		idleTimeout: "idleTimeoutMillis",
	},
};

/** A database URL's parameter that this driver never reads; nothing for names that are no pool's. */
export function ignoredParameter(
	driver: PoolDriver,
	name: string,
	where: Pick<IgnoredSetting, "place" | "origin" | "package">,
): IgnoredSetting[] {
	const known = URL_PARAMETERS[driver.kind];
	return Object.hasOwn(known, name) ? [{ name, driver, instead: known[name] ?? null, ...where }] : [];
}

/** Options of an adapter or client, or of the pool it is given, that the driver never reads. */
export function ignoredOptions(linker: Linker, site: PoolSettings, pkg: Package): IgnoredSetting[] {
	const known = OPTIONS[site.driver.kind];
	return site.options.flatMap((options) =>
		entriesOf(linker, options).flatMap(({ key, file, start, end }) => {
			if (!Object.hasOwn(known, key)) return [];
			const place = { file, span: { start, end } };
			return [
				{
					name: key,
					place,
					origin: { k: "option", adapter: site.className } as const,
					driver: site.driver,
					instead: known[key] ?? null,
					package: pkg,
				},
			];
		}),
	);
}

interface WrittenKey {
	readonly key: string;
	readonly file: string;
	readonly start: number;
	readonly end: number;
}

function entriesOf(linker: Linker, options: Located): WrittenKey[] {
	return linker
		.values(options.file, options.expression, options.at)
		.flatMap((value) =>
			value.k === "object"
				? value.expression.entries.map(({ key, keySpan }) => ({ key, file: value.file, start: keySpan.start, end: keySpan.end }))
				: [],
		);
}
