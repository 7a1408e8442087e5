import type { Profile } from "../../config/index.js";
import { connectionFigure, costBasisOf, estimateClients, estimatePool, megabyteText } from "../cost/index.js";
import type { Pool, PoolNumber } from "../pools/index.js";
import type { Model } from "../rules/types.js";
import type { Client } from "../summaries/clients.js";

/** Markdown for the hint after a client: its pool, what it costs, and what all clients of the package come to. */
export function clientTooltip(
	model: Model,
	{ client, pool, siblings }: { readonly client: Pick<Client, "package">; readonly pool: Pool | null; readonly siblings: number },
): string {
	const basis = costBasisOf(client.package);
	const further = estimateClients(basis, { count: 1, connections: null });
	const lines = [poolLine(pool)];
	if (further !== null) {
		lines.push(`- A client beside another one: ${megabyteText(further.megabytes)} (${further.source})`);
	}
	const connections = pool === null || pool.size.k === "unknown" ? null : pool.size.value;
	if (connections !== null) lines.push(...connectionLines(client, connections));
	if (siblings > 1) lines.push(sumLine(client, siblings, connections));
	return [...lines.filter((line) => line !== null), "", profileLine(model.settings.profile)].join("\n");
}

function poolLine(pool: Pool | null): string | null {
	if (pool === null) return "**This client opens no pool of its own, or its size is not known.**\n";
	const { size, driver } = pool;
	switch (size.k) {
		case "explicit":
			return `**Pool of up to ${size.value} connections**, as \`${size.number.option}\` says (${driver.title}).\n`;
		case "environment":
			return `**Pool of up to ${size.value} connections** unless \`${size.number.environment}\` says otherwise (${driver.title}).\n`;
		case "default":
			return `**Pool of ${size.text} connections**, the default of ${driver.title} (source: ${driver.source}).\n`;
		case "unknown":
			return `**The pool's size is computed**, and could not be followed (${driver.title}).\n`;
	}
}

function connectionLines(client: Pick<Client, "package">, connections: number): string[] {
	const basis = costBasisOf(client.package);
	const each = connectionFigure(basis);
	const all = estimatePool(basis, connections);
	if (each === null || all === null) return [];
	return [
		`- ${connections} busy connections: ${connections} × ${megabyteText(each.megabytes)} = ${megabyteText(all.megabytes)} (${each.source})`,
	];
}

function sumLine(client: Pick<Client, "package">, siblings: number, connections: number | null): string {
	const rest = estimateClients(costBasisOf(client.package), { count: siblings - 1, connections: null });
	const memory = rest === null ? "" : `, ${megabyteText(rest.megabytes)} more than one client`;
	const total = connections === null ? "" : `, up to ${connections * siblings} connections with pools like this one`;
	return `- ${siblings} clients in this package${memory}${total}`;
}

/** Markdown for the hint after a number that sizes a pool. */
export function numberTooltip(model: Model, number: PoolNumber): string {
	const basis = costBasisOf(number.package);
	if (number.origin.k === "manager") {
		const each = estimateClients(basis, { count: 1, connections: null });
		const all = estimateClients(basis, { count: Math.max(0, number.value - 1), connections: null });
		const sum =
			each === null || all === null
				? []
				: [
						`- ${number.value - 1} clients beside the first: ${number.value - 1} × ${megabyteText(each.megabytes)} = ${megabyteText(all.megabytes)} (${each.source})`,
					];
		return [
			`**Up to ${number.value} PrismaClients**, each with a connection pool of its own.\n`,
			...sum,
			"",
			"One client already pools its connections.",
		].join("\n");
	}
	const title =
		number.bound === "min"
			? `**${number.value} connections stay open** when nothing runs.\n`
			: `**Up to ${number.value} connections**${number.environment === null ? "" : ` unless \`${number.environment}\` says otherwise`}.\n`;
	const each = connectionFigure(basis);
	const all = estimatePool(basis, number.value);
	const sum =
		each === null || all === null
			? []
			: [
					`- ${number.value} busy connections: ${number.value} × ${megabyteText(each.megabytes)} = ${megabyteText(all.megabytes)} (${each.source})`,
				];
	const driver = number.driver === null ? [] : [`- Without it: ${number.driver.defaultText} (${number.driver.source})`];
	return [title, ...sum, ...driver, "", profileLine(model.settings.profile)].join("\n");
}

/** Markdown for a number that the driver does not read. */
export function ignoredTooltip(number: PoolNumber): string {
	const driver = number.driver;
	if (driver === null) return "";
	return [
		`**${number.option} has no effect here**: queries go through ${driver.title}, which does not read it from the URL.\n`,
		`- The pool holds ${driver.defaultText} connections unless ${driver.kind === "orm-postgres" ? "postgres()" : "the adapter"}'s \`${driver.option}\` says otherwise (${driver.source})`,
	].join("\n");
}

function profileLine({ name, poolMax }: Profile): string {
	return `The ${name} profile recommends ${poolMax} connections per pool ([change the profile](command:workbench.action.openSettings?%5B%22prismaLeakLens.profile%22%5D)).`;
}
