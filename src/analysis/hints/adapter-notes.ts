import { type PoollessDriver, poollessDriver } from "../cost/index.js";
import type { NewId } from "../facts/index.js";
import { type AdapterSite, clientOptions, type PoolOwner } from "../pools/index.js";
import { headSpan } from "../rules/places.js";
import type { Model, Place } from "../rules/types.js";
import type { Value } from "../summaries/values.js";
import type { Note } from "./hints.js";
import { poolMemoryLines, settingsLine, settingTable } from "./markdown.js";
import { optionRows } from "./pool-rows.js";

/** A note on each driver adapter, and on each pool that one is given. */
export function adapterNotes(model: Model, file: string): readonly Note[] {
	const adapters = model.pools.adapters;
	return [
		...adapters.filter((adapter) => adapter.file === file).map((adapter) => adapterNote(model, adapter, adapter, labelOf(model, adapter))),
		...adapters.flatMap((adapter) =>
			adapter.pools.filter((pool) => pool.file === file).map((pool) => adapterNote(model, adapter, pool, null)),
		),
		...poollessNotes(model, file),
	];
}

/** The driver without a pool that a client is built on. */
export function poollessOf({ linker }: Model, client: PoolOwner): PoollessDriver | null {
	for (const { file, expression, at } of clientOptions(linker, client, "adapter")) {
		for (const value of linker.values(file, expression, at)) {
			const driver = value.k === "instance" ? driverOf(value.of) : null;
			if (driver !== null) return driver;
		}
	}
	return null;
}

function adapterNote(model: Model, adapter: AdapterSite, site: { readonly file: string; readonly id: NewId }, label: string | null): Note {
	const { driver, max } = adapter;
	const { profile } = model.settings;
	const size = Math.max(...max.map(({ value }) => value), ...(adapter.stated ? [] : [driver.defaultSize ?? 0]));
	const owner = site === adapter ? `${adapter.className} opens a pool` : `This pool is handed to ${adapter.className}`;
	return {
		place: headOf(model, site),
		end: wholeOf(model, site),
		label,
		tooltip: [
			`**${owner}** (${driver.title}).\n`,
			...(size > 0 ? poolMemoryLines(model.workspace.packageOf(site.file), size) : []),
			...(adapter.pools.length > 0 && site === adapter ? ["- The values are those of the pool it is given"] : []),
			"",
			...settingTable(profile, optionRows(model, adapter)),
			settingsLine(profile),
		].join("\n"),
	};
}

/** A size that nobody wrote down, unless the label of a client in the same file says it. */
function labelOf(model: Model, adapter: AdapterSite): string | null {
	const { defaultSize } = adapter.driver;
	const { poolMax } = model.settings.profile;
	if (adapter.stated || defaultSize === null || defaultSize <= poolMax) return null;
	const isTold = model.clients.all.some((client) => client.file === adapter.file && model.pools.adapterOf(client) === adapter);
	const isService = model.clients.provided.some((service) => service.file === adapter.file);
	return isTold || isService ? null : `pool ${defaultSize} by default · use ≤ ${poolMax}`;
}

function poollessNotes(model: Model, file: string): readonly Note[] {
	const facts = model.linker.facts(file);
	return (facts?.news ?? []).flatMap((fact, id): Note[] => {
		for (const callee of model.linker.values(file, fact.callee, fact.function)) {
			const driver = driverOf(callee);
			if (driver !== null) return [{ place: headOf(model, { file, id }), label: null, tooltip: poollessTooltip(model, driver) }];
		}
		return [];
	});
}

function poollessTooltip({ settings }: Model, { title, how, option, source }: PoollessDriver): string {
	const setting = option === null ? [] : [`- \`${option.name}\`: ${option.fallback} ${option.unit} by default (${source})`];
	return [`**No connection pool** (${title}). ${how}\n`, ...setting, "", settingsLine(settings.profile)].join("\n");
}

function driverOf(value: Value): PoollessDriver | null {
	const className = value.k === "external" ? value.path.at(-1) : undefined;
	return className === undefined ? null : poollessDriver(className);
}

function headOf({ linker }: Model, { file, id }: { readonly file: string; readonly id: NewId }): Place {
	const made = linker.facts(file)?.news[id];
	return { file, span: made ? headSpan(made) : { start: 0, end: 0 } };
}

function wholeOf({ linker }: Model, { file, id }: { readonly file: string; readonly id: NewId }): Place {
	return { file, span: linker.facts(file)?.news[id]?.span ?? { start: 0, end: 0 } };
}
