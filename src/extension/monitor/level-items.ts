import type { Level, LevelState } from "../../protocol/index.js";

export interface LevelItem {
	readonly label: string;
	readonly description: string;
	readonly detail: string;
	readonly level: Level;
	/** What a pick turns it to. */
	readonly on: boolean;
	readonly failed: boolean;
}

const NAMES: Readonly<Record<Level, { readonly name: string; readonly gives: string }>> = {
	inventory: { name: "Clients and pools", gives: "live PrismaClients, and total, idle, waiting and max of each pool" },
	sites: { name: "Creation sites", gives: "which source lines create PrismaClients, and how often" },
	database: {
		name: "The database's own view",
		gives: "state and age of each of the process's connections, by pg_stat_activity or MySQL's processlist",
	},
	trace: { name: "Queries and transactions", gives: "operations per second, durations, slow queries, open transactions, errors" },
};

const STATUS_WORDS: Readonly<Record<LevelState["status"], string>> = { off: "off", starting: "starting", on: "on", failed: "failed" };

/** One row per level: what it gives, how it stands, and what turning it on costs. */
export function levelItems(levels: readonly LevelState[]): readonly LevelItem[] {
	return levels.map(({ level, status, price, note }) => {
		const { name, gives } = NAMES[level];
		const on = status === "off" || status === "failed";
		return {
			label: `$(${status === "on" ? "pass-filled" : "circle-large-outline"}) ${name}`,
			description: [STATUS_WORDS[status], note ?? gives].join(" · "),
			detail: on ? `Turn on. ${price}` : "Turn off. The process is left as it was before.",
			level,
			on,
			failed: status === "failed",
		};
	});
}
