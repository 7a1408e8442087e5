import { isRecord } from "../protocol/index.js";
import { suggestion } from "./nearest.js";
import { SETTINGS, type Setting } from "./schema.js";
import type { Settings } from "./settings.js";
import { type Layer, type Spot, spotIn } from "./spot.js";
import { entriesOf } from "./tables.js";

export interface Settled {
	readonly settings: Settings;
	/** What could not be used: which value, where, what it can be, and what counts instead; a text each. */
	readonly problems: readonly string[];
}

/** A layer, and which settings it may hold; other keys are reported. */
export interface Source extends Layer {
	readonly names: readonly string[];
}

/** The settings that sources make together. Later ones go over earlier ones, tables entry by entry; what none says takes its default. */
export function settle(sources: readonly Source[]): Settled {
	const problems: string[] = [];
	for (const source of sources) reportUnknown(source, problems);
	const read = <T>(setting: Setting<T>): T => readSetting(setting, sources, problems);
	const name = read(SETTINGS.profile);
	const settings: Settings = {
		profile: { ...read(SETTINGS.profiles)[name], name },
		rules: read(SETTINGS.rules),
		exclude: read(SETTINGS.exclude),
		roles: read(SETTINGS.roles),
		singletonStyle: read(SETTINGS.singletonStyle),
		cachingHelpers: read(SETTINGS.cachingHelpers),
		poolHints: read(SETTINGS.hintsEnabled),
		codeLens: read(SETTINGS.codeLensEnabled),
		database: { maxConnections: read(SETTINGS.maxConnections), replicas: read(SETTINGS.replicas) },
	};
	// The monitor reads its own where it runs; what is wrong with them is told with the rest.
	read(SETTINGS.monitorInterval);
	read(SETTINGS.monitorAllowRemote);
	read(SETTINGS.monitorAutoAttach);
	return { settings, problems };
}

/** The value of one setting over all layers, the strongest last. */
export function readSetting<T>(setting: Setting<T>, layers: readonly Layer[], problems: string[]): T {
	const path = setting.name.split(".");
	return layers.reduce((under, layer) => {
		const value = valueAt(layer.values, path);
		return value === undefined ? under : setting.kind.read(value, under, spotIn(layer, path, problems));
	}, setting.fallback);
}

function valueAt(document: unknown, path: readonly string[]): unknown {
	return path.reduce<unknown>((value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined), document);
}

function reportUnknown(source: Source, problems: string[]): void {
	if (source.values !== undefined) reportKeys(source.values, source.names, spotIn(source, [], problems));
}

/** @param names of settings below `document`, such as `database.replicas` */
function reportKeys(document: unknown, names: readonly string[], spot: Spot): void {
	for (const [key, value] of entriesOf(document, spot)) {
		const below = names.flatMap((name) => (name.startsWith(`${key}.`) ? [name.slice(key.length + 1)] : []));
		if (below.length > 0) reportKeys(value, below, spot.at(key));
		else if (!names.includes(key)) spot.at(key).report(`is no setting${suggestion(key, keysOf(names))}`);
	}
}

function keysOf(names: readonly string[]): readonly string[] {
	return [...new Set(names.map((name) => name.split(".")[0] ?? name))];
}
