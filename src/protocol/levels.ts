/** What can be measured beyond observing. Each level changes something in the target, so each is a person's choice. */
import { type Guard, isAmount, isLiteral, isNullOr, isOneOf, isOptional, isShape } from "./guard.js";
import { isMessage } from "./session-guard.js";

/**
 * `inventory`: finds live clients and pools once, then keeps count by weak references. `trace`: Prisma's tracing hook,
 * summed up inside the target. `sites`: records for a while where clients are created; begins with an inventory, which shows them.
 * `database`: asks the database itself, with a URL that the user gave; touches nothing in the target.
 */
export type Level = "inventory" | "trace" | "sites" | "database";

/** Where a level stands in the attached process. */
export interface LevelState {
	readonly level: Level;
	readonly status: "off" | "starting" | "on" | "failed";
	/** What it costs to turn on, for people: "The process stops for about 0.4 s." */
	readonly price: string;
	/** Why it failed, or what it cannot see, for people. */
	readonly note?: string;
	/** When it turns itself off, in milliseconds since the epoch; null when it stays on. */
	readonly until: number | null;
}

/** How a level is called on the screen, and what it gives. */
export const LEVEL_WORDS: Readonly<Record<Level, { readonly name: string; readonly gives: string }>> = {
	inventory: { name: "Clients and pools", gives: "live PrismaClients, and total, idle, waiting and max of each pool" },
	sites: { name: "Creation sites", gives: "which source lines create PrismaClients, and how often" },
	database: {
		name: "The database's own view",
		gives: "state and age of each of the process's connections, by pg_stat_activity or MySQL's processlist",
	},
	trace: { name: "Queries and transactions", gives: "operations per second, durations, slow queries, open transactions, errors" },
};

/** One state per level. */
export const LEVELS: readonly Level[] = ["inventory", "trace", "sites", "database"];

export const isLevel: Guard<Level> = isOneOf(isLiteral("inventory"), isLiteral("trace"), isLiteral("sites"), isLiteral("database"));

export const isLevelState: Guard<LevelState> = isShape<LevelState>({
	level: isLevel,
	status: isOneOf(isLiteral("off"), isLiteral("starting"), isLiteral("on"), isLiteral("failed")),
	price: isMessage,
	note: isOptional(isMessage),
	until: isNullOr(isAmount),
});
