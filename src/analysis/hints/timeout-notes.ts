import type { PoolTimeoutKind } from "../../config/index.js";
import type { PoolTimeout } from "../pools/index.js";
import { placeKey } from "../rules/places.js";
import type { Model } from "../rules/types.js";
import type { Limit } from "../summaries/transaction-limits.js";
import type { Note } from "./hints.js";
import { settingsLine, settingTable, waitText } from "./markdown.js";
import { atMost, inForce, recommendedLimit, TRANSACTION_DEFAULTS } from "./pool-rows.js";

/** A note on each time-out of a pool, and on each limit of interactive transactions. */
export function timeoutNotes(model: Model, file: string): readonly Note[] {
	const limits = new Map<string, Limit>();
	for (const limit of model.limitsIn(file)) limits.set(placeKey(limit), limit);
	return [
		...model.pools.timeouts.filter(({ place }) => place.file === file).map((timeout) => poolNote(model, timeout)),
		...[...limits.values()].map((limit) => transactionNote(model, limit)),
	];
}

const MEANING: Readonly<Record<PoolTimeoutKind, string>> = {
	acquire: "A query waits that long for a free connection",
	create: "A new connection may take that long",
	destroy: "Closing a connection may take that long",
	idle: "A connection that nobody uses stays open that long",
	reap: "Idle connections are looked for that often",
	lifetime: "A connection is replaced after that time",
	query: "A query may run that long",
};

function poolNote(model: Model, { kind, option, value, milliseconds, fallback, environment, driver, place }: PoolTimeout): Note {
	const { profile } = model.settings;
	const recommended = profile.poolTimeoutsMs[kind];
	// A 0 that sets nothing leaves the driver's own time.
	const effective = value === 0 && milliseconds === 0 ? (fallback ?? 0) : milliseconds;
	const isDrivers = fallback !== null && Number.isFinite(fallback) && effective <= fallback;
	const row = {
		option,
		inForce: inForce(waitText(effective), environment),
		fallback: fallback === null ? null : waitText(fallback),
		recommended: atMost(waitText(recommended)),
	};
	return {
		place,
		label: effective <= recommended || isDrivers ? null : `${waitText(effective)} · use ≤ ${waitText(recommended)}`,
		tooltip: [
			`**${MEANING[kind]}: ${waitText(effective)}**${driver === null ? "" : ` (${driver.title})`}.\n`,
			...settingTable(profile, [row]),
			settingsLine(profile),
		].join("\n"),
	};
}

const LIMIT_MEANING: Readonly<Record<Limit["name"], string>> = {
	maxWait: "An interactive transaction waits that long for a connection",
	timeout: "An interactive transaction may run that long, with its connection and its locks",
};

function transactionNote(model: Model, { name, file, span, longest }: Limit): Note {
	const { profile } = model.settings;
	const recommended = recommendedLimit(model, name);
	const row = {
		option: name,
		inForce: inForce(waitText(longest.value), longest.environment),
		fallback: waitText(TRANSACTION_DEFAULTS[name]),
		recommended: atMost(waitText(recommended)),
	};
	return {
		place: { file, span },
		label: longest.value > recommended ? `${waitText(longest.value)} · use ≤ ${waitText(recommended)}` : null,
		tooltip: [`**${LIMIT_MEANING[name]}: ${waitText(longest.value)}**.\n`, ...settingTable(profile, [row]), settingsLine(profile)].join(
			"\n",
		),
	};
}
