import { costBasisOf, estimateClients, estimatePool } from "../cost/index.js";
import type { PoolNumber } from "../pools/index.js";
import { type Client, type ClientGroup, membersOf } from "../summaries/clients.js";
import { sumFindings } from "./connection-sum.js";
import { type ManagersTogether, managersTogether } from "./managers-together.js";
import { placeKey } from "./places.js";
import type { Model, Rule, RuleFinding } from "./types.js";

/** Above this an explicit number is a warning, whatever the profile. It is node-postgres's own default. */
const WARN_ABOVE = 10;

export const poolSize: Rule = {
	meta: {
		id: "pool-size",
		title: "Connection pool larger than needed",
		finds:
			"An explicit number over 10 in a connection pool, several sized pools on one database in one process, more connections over all replicas than the database takes, or a size over the profile's.",
		severity: "warning",
	},
	scope: "workspace",
	*check(model) {
		const large = new Set<string>();
		const together = managersTogether(model);
		for (const number of model.pools.numbers) {
			const finding = numberFinding(model, number, together.get(placeKey(number.place)) ?? null);
			if (finding === null) continue;
			if (finding.severity === "warning") large.add(placeKey(number.place));
			yield finding;
		}
		for (const group of model.clients.groups) {
			const finding = groupFinding(model, group);
			if (finding !== null && !large.has(placeKey(finding.place))) yield finding;
		}
		yield* sumFindings(model);
	},
};

function numberFinding(model: Model, number: PoolNumber, together: ManagersTogether | null): RuleFinding | null {
	const severity = together === null ? severityOf(model, number) : "warning";
	if (severity === null) return null;
	return {
		severity,
		place: number.place,
		message: messageOf(model, number, together),
		estimate: estimateOf(model, number),
		fixes: ["set-pool-size"],
	};
}

function severityOf(model: Model, number: PoolNumber): "warning" | "hint" | null {
	// What the driver ignores sizes nothing; the hint beside it says so.
	if (!number.honoured || model.workspace.roleOf(number.place.file) !== "app") return null;
	if (number.bound === "min") return number.value > 1 ? "hint" : null;
	if (number.value > WARN_ABOVE && !isTentative(number)) return "warning";
	return number.value > model.settings.profile.poolMax ? "hint" : null;
}

/** A default that the environment may replace, or a template that nobody runs with. */
function isTentative(number: PoolNumber): boolean {
	return number.environment !== null || (number.origin.k === "env" && number.origin.example);
}

function messageOf({ settings }: Model, number: PoolNumber, together: ManagersTogether | null): string {
	const { value, option, origin, environment } = number;
	const { name, poolMax } = settings.profile;
	if (origin.k === "manager") {
		if (number.bound === "min") return `${origin.className} keeps ${value} PrismaClients open when nothing runs. One client is enough.`;
		const sum = together === null ? "" : `; ${together.count} such managers in this process come to ${together.sum}`;
		return `${origin.className} keeps up to ${value} PrismaClients, and each opens a pool of its own${sum}. Use one client and let its pool do the pooling.`;
	}
	if (number.bound === "min") return `${option} keeps ${value} connections open when nothing runs. 1 or none is enough to stay warm.`;
	const fallback = environment === null ? "" : ` unless ${environment} says otherwise`;
	const template = origin.k === "env" && origin.example ? "Copied from this template, the" : "This";
	return `${template} pool opens up to ${value} connections${fallback}, each a backend of its own in the database. The ${name} profile recommends ${poolMax}.`;
}

/** What the connections and clients over the recommended ones cost. */
function estimateOf({ settings }: Model, number: PoolNumber) {
	const basis = costBasisOf(number.package);
	if (number.origin.k === "manager")
		return estimateClients(basis, { count: Math.max(0, number.value - 1), connections: null }) ?? undefined;
	const recommended = number.bound === "min" ? 1 : settings.profile.poolMax;
	return estimatePool(basis, number.value - recommended) ?? undefined;
}

interface SizedClient {
	readonly client: Client;
	readonly number: PoolNumber;
}

/** Pools that are small one by one, yet open on the same database in the same process. */
function groupFinding(model: Model, group: ClientGroup): RuleFinding | null {
	const sized = membersOf(group).flatMap((client): SizedClient[] => {
		const size = model.pools.poolOf(client)?.size;
		return size?.k === "explicit" && size.number.honoured ? [{ client, number: size.number }] : [];
	});
	const [first] = sized;
	const sum = sized.reduce((total, { number }) => total + number.value, 0);
	if (first === undefined || sized.length < 2) return null;
	const places = new Map(sized.map(({ number }) => [placeKey(number.place), number]));
	if (places.size < 2 && sum <= WARN_ABOVE) return null;
	return {
		severity: "warning",
		place: first.number.place,
		message: `${sized.length} pools on one database in this process open up to ${sum} connections together. Give them one client, or share the ${model.settings.profile.name} profile's ${model.settings.profile.poolMax} among them.`,
		related: sized.slice(1, 10).map(({ client, number }) => ({
			place: places.size > 1 ? number.place : { file: client.file, span: client.head },
			message: `A pool of up to ${number.value} connections.`,
		})),
		estimate: estimatePool(costBasisOf(first.client.package), Math.max(0, sum - model.settings.profile.poolMax)) ?? undefined,
	};
}
