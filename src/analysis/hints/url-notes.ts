import type { PoolDriver } from "../cost/index.js";
import type { Package, UrlPlace } from "../workspace/index.js";
import { connectionLines } from "./connections.js";
import type { Note, NoteContext } from "./hints.js";
import { settingsLine, settingTable } from "./markdown.js";
import { urlRows } from "./pool-rows.js";

/** A note on each place outside of code that names the database: who opens it, and with which pool. */
export function urlNotes(context: NoteContext, file: string): readonly Note[] {
	const { model } = context;
	return model.workspace.urlPlaces
		.filter((place) => place.file === file)
		.flatMap((place) => {
			const reader = model.pools.urlReader(file);
			return reader === null ? [] : [{ place, label: null, tooltip: tooltip(context, place, reader) }];
		});
}

interface Reader {
	readonly package: Package;
	/** Null where nobody reads pool settings from a URL. */
	readonly driver: PoolDriver | null;
}

function tooltip(context: NoteContext, place: UrlPlace, { package: pkg, driver }: Reader): string {
	const { profile } = context.model.settings;
	return [
		`${headline(place, driver, pkg)}\n`,
		...(driver?.kind === "rust" && !place.example ? poolLines(context, driver, pkg) : []),
		"",
		settingsLine(profile),
	].join("\n");
}

function headline({ kind, example }: UrlPlace, driver: PoolDriver | null, pkg: Package): string {
	if (example) return "**A template**: nobody runs with it as it stands.";
	if (kind === "prisma-config")
		return "**Prisma's command line opens this database**, for migrations. What the app opens is up to its clients.";
	if (pkg.engine === "none") return "**Queries leave over HTTP**: the app opens no connections of its own.";
	if (driver === null) return "**The database's URL.** Which pool is opened on it is up to the clients.";
	if (driver.kind === "rust") return `**${driver.title} opens this database**, and takes its pool's settings from the URL.`;
	const place = driver.urlParameters.length > 0 ? "the URL and the adapter's options" : "the adapter's options, not from the URL";
	return `**${driver.title} opens this database**, and takes its pool's size from ${place}: ${driver.defaultText} unless \`${driver.option}\` says otherwise.`;
}

function poolLines({ model, sums }: NoteContext, driver: PoolDriver, pkg: Package): string[] {
	const client = model.clients.all.find((one) => one.isApp && one.package.prismaFrom === pkg.prismaFrom && one.database === "default");
	const size = client === undefined ? null : (model.pools.poolOf(client)?.size ?? null);
	const text = size === null || size.k === "unknown" ? driver.defaultText : size.k === "default" ? size.text : String(size.value);
	return [
		...settingTable(model.settings.profile, urlRows(model, driver, pkg, text)),
		...(client === undefined ? [] : connectionLines(model, sums.of(client))),
	];
}
