import { costBasisOf, estimatePool } from "../cost/index.js";
import { type Client, onePerSlot } from "../summaries/clients.js";
import type { Model, RuleFinding } from "./types.js";

interface Opener {
	readonly client: Client;
	readonly connections: number;
}

/** The pools of all clients on one database, times the replicas, where they pass what the database takes. */
export function* sumFindings(model: Model): Iterable<RuleFinding> {
	const { maxConnections, replicas } = model.settings.database;
	if (maxConnections === null) return;
	for (const openers of openersByDatabase(model)) {
		const [first, ...others] = openers;
		const each = openers.reduce((sum, { connections }) => sum + connections, 0);
		if (!first || each * replicas <= maxConnections) continue;
		yield {
			severity: "warning",
			place: { file: first.client.file, span: first.client.head },
			message: `${sumText(openers.length, each, replicas)}, and the database takes ${maxConnections}: the rest is refused. Give the pools ${shareText(maxConnections, replicas)}, or put a pooler such as PgBouncer in between.`,
			related: others.slice(0, 9).map(({ client, connections }) => ({
				place: { file: client.file, span: client.head },
				message: `A pool of up to ${connections} connections.`,
			})),
			estimate: estimatePool(costBasisOf(first.client.package), each - Math.floor(maxConnections / replicas)) ?? undefined,
		};
	}
}

function sumText(pools: number, each: number, replicas: number): string {
	const together =
		pools === 1 ? `This pool opens up to ${each} connections` : `${pools} pools on this database open up to ${each} connections`;
	return replicas === 1 ? together : `${together} in each of ${replicas} replicas, ${each * replicas} in all`;
}

function shareText(maxConnections: number, replicas: number): string {
	const share = Math.floor(maxConnections / replicas);
	if (share < 1) return "fewer replicas";
	return replicas === 1 ? `at most ${share} together` : `at most ${share} together in each replica`;
}

/** Clients that live as long as their process, by the database they are opened on. */
function openersByDatabase(model: Model): readonly (readonly Opener[])[] {
	const groups = new Map<string, Opener[]>();
	for (const client of onePerSlot(model.clients.all.filter(livesOn))) {
		const size = model.pools.poolOf(client)?.size;
		const connections = size === undefined || size.k === "unknown" ? null : size.value;
		if (connections === null) continue;
		const key = `${client.package.prismaFrom}:${client.schema}:${client.database}`;
		groups.set(key, [...(groups.get(key) ?? []), { client, connections }]);
	}
	return [...groups.values()];
}

function livesOn({ isApp, database, origins }: Client): boolean {
	return isApp && database !== null && origins.some((origin) => origin.runs.k === "once" && !origin.handedOut);
}
