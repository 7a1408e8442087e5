import { costBasisOf, estimateClients, megabyteText, type PoollessDriver } from "../cost/index.js";
import type { Pool } from "../pools/index.js";
import type { Model } from "../rules/types.js";
import type { Client, ProvidedService } from "../summaries/clients.js";
import { poollessOf } from "./adapter-notes.js";
import { type ConnectionSum, connectionLines, serviceSum } from "./connections.js";
import type { Note, NoteContext } from "./hints.js";
import { fitting } from "./labels.js";
import { clientMemoryLines, poolMemoryLines, type SettingRow, settingsLine, settingTable } from "./markdown.js";
import { optionRows, transactionRows, urlRows } from "./pool-rows.js";

/** A note on each PrismaClient, and on each service that is one. */
export function clientNotes(context: NoteContext, file: string): readonly Note[] {
	const { model } = context;
	return [
		...model.clients.all.filter((client) => client.file === file).map((client) => clientNote(context, client)),
		...model.clients.provided.filter((service) => service.file === file).map((service) => serviceNote(model, service)),
	];
}

function clientNote({ model, siblings: beside, sums }: NoteContext, client: Client): Note {
	const siblings = beside.of(client);
	const pool = model.pools.poolOf(client);
	const position = siblings.length > 1 ? `${siblings.indexOf(client) + 1} of ${siblings.length} clients` : null;
	return {
		place: { file: client.file, span: client.head },
		end: { file: client.file, span: client.fact.span },
		label: fitting([poolText(pool), position, siblings.length > 1 ? costText(client) : null]),
		tooltip: tooltip(model, client, {
			pool,
			poolless: poollessOf(model, client),
			rows: [...rowsOf(model, client, pool), ...(client.kind === "new" ? transactionRows(model, client) : [])],
			siblings: siblings.length,
			repeated: beside.repeatedOf(client),
			sum: sums.of(client),
		}),
	};
}

/** A service that extends PrismaClient has no `new`: its label stands after `super(…)`, or after the class's name. */
function serviceNote(model: Model, service: ProvidedService): Note {
	const { file, classId, client, head } = service;
	const facts = model.linker.facts(file);
	const owner = { file, client, package: model.workspace.packageOf(file) };
	const pool = model.pools.poolOf(owner);
	const parent = facts?.calls.find((call) => call.callee.k === "super" && facts.functions[call.function]?.classId === classId);
	return {
		place: { file, span: head },
		end: { file, span: parent?.span ?? head },
		label: poolText(pool),
		tooltip: tooltip(model, owner, {
			pool,
			poolless: poollessOf(model, owner),
			rows: rowsOf(model, owner, pool),
			siblings: 1,
			repeated: 0,
			sum: serviceSum(model, service),
		}),
	};
}

type Owner = Pick<Client, "file" | "client" | "package"> & Partial<Pick<Client, "fact" | "kind">>;

function rowsOf(model: Model, owner: Owner, pool: Pool | null): readonly SettingRow[] {
	const settings = model.pools.settingsOf(owner);
	if (settings !== null) return optionRows(model, settings);
	if (pool === null || pool.size.k === "unknown") return [];
	return urlRows(model, pool.driver, owner.package, pool.size.k === "default" ? pool.size.text : String(pool.size.value));
}

interface Subject {
	readonly pool: Pool | null;
	readonly poolless: PoollessDriver | null;
	readonly rows: readonly SettingRow[];
	readonly siblings: number;
	/** How many of them are made again and again. */
	readonly repeated: number;
	readonly sum: ConnectionSum | null;
}

function tooltip(model: Model, { package: pkg }: Pick<Client, "package">, subject: Subject): string {
	const { pool, poolless, rows, siblings, sum } = subject;
	const { profile } = model.settings;
	const connections = pool === null || pool.size.k === "unknown" ? null : pool.size.value;
	return [
		`${poolLine(pool, poolless)}\n`,
		...(pool === null ? [] : connectionLines(model, sum)),
		...siblingLines(subject),
		...(connections === null ? [] : poolMemoryLines(pkg, connections)),
		...clientMemoryLines(pkg, Math.max(1, siblings - 1)),
		"",
		...settingTable(profile, rows),
		settingsLine(profile),
	].join("\n");
}

function siblingLines({ siblings, repeated }: Subject): string[] {
	if (siblings < 2) return [];
	const again = repeated === 0 ? "" : `, ${repeated} of them made again and again`;
	return [`- ${siblings} clients of this package run in this process${again}`];
}

function poolLine(pool: Pool | null, poolless: PoollessDriver | null): string {
	if (poolless !== null) return `**No connection pool** (${poolless.title}). ${poolless.how}`;
	if (pool === null) return "**This client opens no pool of its own, or its size is not known.**";
	const { size, driver } = pool;
	switch (size.k) {
		case "explicit":
			return `**Pool of up to ${size.value} connections**, as \`${size.number.option}\` says (${driver.title}).`;
		case "environment":
			return `**Pool of up to ${size.value} connections** unless \`${size.number.environment}\` says otherwise (${driver.title}).`;
		case "default":
			return `**Pool of ${size.text} connections**, the default of ${driver.title} (source: ${driver.source}).`;
		case "unknown":
			return `**The pool's size is computed**, and could not be followed (${driver.title}).`;
	}
}

function poolText(pool: Pool | null): string | null {
	if (pool === null || pool.size.k === "unknown") return null;
	return `pool ${pool.size.value ?? "2×cpus+1"}`;
}

function costText(client: Client): string | null {
	const estimate = estimateClients(costBasisOf(client.package), { count: 1, connections: null });
	return estimate === null ? null : `≈ +${megabyteText(estimate.megabytes)}`;
}
