import type { PoolHint } from "../../protocol/index.js";
import { costBasisOf, estimateClients, estimatePool, megabyteText } from "../cost/index.js";
import type { Pool, PoolNumber } from "../pools/index.js";
import type { Model } from "../rules/types.js";
import { type Client, onePerSlot, type ProvidedService } from "../summaries/clients.js";
import { positionAt } from "../workspace/index.js";
import { clientTooltip, ignoredTooltip, numberTooltip } from "./tooltips.js";

/** Longest label that does not push the code it stands beside out of sight. */
const MAX_LABEL = 40;

/** Hints of one file: after each PrismaClient, and after each number that sizes a pool, where they add something. */
export function poolHints(model: Model, file: string): readonly PoolHint[] {
	if (!model.settings.poolHints || model.workspace.roleOf(file) !== "app") return [];
	const clients = model.clients.all.filter((client) => client.file === file);
	const numbers = model.pools.numbers.filter((number) => number.place.file === file);
	const services = model.clients.provided.filter((service) => service.file === file);
	return [
		...clients.map((client) => clientHint(model, client)),
		...services.map((service) => serviceHint(model, service)),
		...numbers.map((number) => numberHint(model, number)),
	]
		.filter((hint) => hint !== null)
		.sort((a, b) => a.line - b.line || a.column - b.column);
}

function clientHint(model: Model, client: Client): PoolHint | null {
	const siblings = siblingsOf(model, client);
	const pool = model.pools.poolOf(client);
	const label = fitting([poolText(pool), positionText(siblings, client), siblings.length > 1 ? costText(client) : null]);
	if (label === null) return null;
	const lineStarts = model.linker.facts(client.file)?.lineStarts ?? [0];
	const tooltip = clientTooltip(model, { client, pool, siblings: siblings.length });
	return { file: client.file, ...positionAt(lineStarts, client.fact.span.end), label, tooltip };
}

/** A service that extends PrismaClient has no `new`: its hint stands after `super(…)`, or after the class's name. */
function serviceHint(model: Model, service: ProvidedService): PoolHint | null {
	const { file, classId, client, head } = service;
	const facts = model.linker.facts(file);
	const owner = { file, client, package: model.workspace.packageOf(file) };
	const pool = model.pools.poolOf(owner);
	const label = poolText(pool);
	if (label === null) return null;
	const parent = facts?.calls.find((call) => call.callee.k === "super" && facts.functions[call.function]?.classId === classId);
	const at = positionAt(facts?.lineStarts ?? [0], parent?.span.end ?? head.end);
	return { file, ...at, label, tooltip: clientTooltip(model, { client: owner, pool, siblings: 1 }) };
}

/** The clients of a package; the branches of one condition make one, and the client in question stands for its branches. */
function siblingsOf(model: Model, client: Client): readonly Client[] {
	const inPackage = model.clients.all.filter((other) => other.isApp && other.package.dir === client.package.dir);
	const first = onePerSlot(inPackage);
	if (first.includes(client)) return first;
	const slot = first.find((other) => onePerSlot([other, client]).length === 1);
	return first.map((other) => (other === slot ? client : other));
}

function poolText(pool: Pool | null): string | null {
	if (pool === null || pool.size.k === "unknown") return null;
	return `pool ${pool.size.value ?? "2×cpus+1"}`;
}

function positionText(siblings: readonly Client[], client: Client): string | null {
	return siblings.length > 1 ? `${siblings.indexOf(client) + 1} of ${siblings.length} clients` : null;
}

function costText(client: Client): string | null {
	const estimate = estimateClients(costBasisOf(client.package), { count: 1, connections: null });
	return estimate === null ? null : `≈ +${megabyteText(estimate.megabytes)}`;
}

/** As many parts, in order, as the label's length allows. */
function fitting(parts: readonly (string | null)[]): string | null {
	let label: string | null = null;
	for (const part of parts) {
		if (part === null) continue;
		const longer: string = label === null ? part : `${label} · ${part}`;
		if (longer.length <= MAX_LABEL) label = longer;
	}
	return label;
}

function numberHint(model: Model, number: PoolNumber): PoolHint | null {
	const at = endOf(model, number);
	if (!number.honoured) {
		const driver = number.driver?.title;
		return driver === undefined ? null : { ...at, label: `ignored by ${driver}`, tooltip: ignoredTooltip(number) };
	}
	const label = numberLabel(model, number);
	return label === null ? null : { ...at, label, tooltip: numberTooltip(model, number) };
}

function numberLabel({ settings }: Model, number: PoolNumber): string | null {
	const basis = costBasisOf(number.package);
	if (number.origin.k === "manager") {
		const estimate = estimateClients(basis, { count: number.value - 1, connections: null });
		return number.value > 1 ? fitting([estimate === null ? null : `≈ +${megabyteText(estimate.megabytes)}`, "use 1 client"]) : null;
	}
	if (number.bound === "min") return number.value > 1 ? "kept open when idle · use 1" : null;
	if (number.value <= settings.profile.poolMax) return null;
	const estimate = estimatePool(basis, number.value);
	return fitting([estimate === null ? null : `≈ +${megabyteText(estimate.megabytes)}`, `use ≤ ${settings.profile.poolMax}`]);
}

function endOf(model: Model, { place }: PoolNumber): { readonly file: string; readonly line: number; readonly column: number } {
	if ("range" in place) return { file: place.file, line: place.range.endLine, column: place.range.endColumn };
	return { file: place.file, ...positionAt(model.linker.facts(place.file)?.lineStarts ?? [0], place.span.end) };
}
