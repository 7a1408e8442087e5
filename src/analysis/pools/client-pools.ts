import { ORM_POSTGRES_POOL, PG_POOL } from "../cost/index.js";
import type { Client } from "../summaries/clients.js";
import type { Linker } from "../summaries/linker.js";
import { firstArgument, type PoolSettings, poolSettings, poolSite } from "./adapters.js";
import { isFollowed, type Located, optionAt } from "./option-values.js";

const CLASS_NAME = "postgres";

/**
 * The pool of a client that Prisma 8's `postgres({…})` makes: its own for a `url`, of a size that no option changes, or the `Pool` it is
 * given as `pg` or in a `binding`. Null for other clients, and where the options or the pool cannot be followed.
 */
export function clientPool(linker: Linker, { file, kind, fact, client }: Client): PoolSettings | null {
	const [expression] = fact.args;
	if (kind !== "call" || client.key !== "@prisma/orm-postgres" || !expression) return null;
	const options: Located = { file, expression, at: fact.function };
	if (!isFollowed(linker, options)) return null;
	const owner = { file, className: CLASS_NAME };
	if (optionAt(linker, options, ["pg"]).length + optionAt(linker, options, ["binding"]).length === 0)
		return poolSettings(linker, owner, ORM_POSTGRES_POOL, optionAt(linker, options, ["poolOptions"]));
	const given = [...optionAt(linker, options, ["pg"]), ...optionAt(linker, options, ["binding", "pool"])];
	const pools = given.flatMap((located) => linker.values(located.file, located.expression, located.at).flatMap(poolSite));
	if (pools.length === 0) return null;
	return poolSettings(
		linker,
		owner,
		PG_POOL,
		pools.flatMap((pool) => firstArgument(linker, pool)),
	);
}
