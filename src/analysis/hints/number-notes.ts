import { costBasisOf, estimateClients, estimatePool, megabyteText } from "../cost/index.js";
import type { IgnoredSetting, PoolNumber } from "../pools/index.js";
import type { Model } from "../rules/types.js";
import { clientSizedBy, connectionLines } from "./connections.js";
import type { Note, NoteContext } from "./hints.js";
import { fitting } from "./labels.js";
import { clientMemoryLines, poolMemoryLines, settingsLine, settingTable } from "./markdown.js";
import { atMost, inForce } from "./pool-rows.js";

/** A note on each number that sizes a pool, and on each setting that whoever opens the pool never reads. */
export function numberNotes(context: NoteContext, file: string): readonly Note[] {
	const { model } = context;
	const numbers = model.pools.numbers.filter((number) => number.honoured && number.place.file === file);
	return [
		...numbers.map((number) => ({
			place: number.place,
			...(number.origin.k === "manager" ? managerText(model, number) : poolText(context, number)),
		})),
		...model.pools.ignored.filter((setting) => setting.place.file === file).map(ignoredNote),
	];
}

type Text = Pick<Note, "label" | "tooltip">;

function poolText({ model, sums }: NoteContext, number: PoolNumber): Text {
	const { value, bound, option, environment, driver, package: pkg } = number;
	const { profile } = model.settings;
	const row = {
		option,
		inForce: inForce(String(value), environment),
		fallback: bound === "max" ? (driver?.defaultText ?? null) : null,
		recommended: atMost(String(bound === "max" ? profile.poolMax : 1)),
	};
	const client = bound === "max" ? clientSizedBy(model, number) : null;
	const title = bound === "max" ? `Up to ${value} connections` : `${value} connections stay open when nothing runs`;
	return {
		label: poolLabel(model, number),
		tooltip: [
			`**${title}**${driver === null ? "" : ` (${driver.title})`}.\n`,
			...settingTable(profile, [row]),
			...(client === null ? [] : connectionLines(model, sums.of(client))),
			...poolMemoryLines(pkg, value),
			...(driver === null ? [] : [`- Default: ${driver.defaultText} (${driver.source})`]),
			"",
			settingsLine(profile),
		].join("\n"),
	};
}

function poolLabel({ settings }: Model, { value, bound, package: pkg }: PoolNumber): string | null {
	if (bound === "min") return value > 1 ? "kept open when idle · use 1" : null;
	if (value <= settings.profile.poolMax) return null;
	const estimate = estimatePool(costBasisOf(pkg), value);
	return fitting([estimate === null ? null : `≈ +${megabyteText(estimate.megabytes)}`, `use ≤ ${settings.profile.poolMax}`]);
}

function managerText({ settings: { profile } }: Model, { value, option, environment, bound, origin, package: pkg }: PoolNumber): Text {
	const estimate = estimateClients(costBasisOf(pkg), { count: value - 1, connections: null });
	const owner = origin.k === "manager" ? ` kept by ${origin.className}` : "";
	const title = bound === "max" ? `Up to ${value} PrismaClients` : `${value} PrismaClients stay open when nothing runs`;
	return {
		label: value > 1 ? fitting([estimate === null ? null : `≈ +${megabyteText(estimate.megabytes)}`, "use 1 client"]) : null,
		tooltip: [
			`**${title}**${owner}, each with a connection pool of its own.\n`,
			...settingTable(profile, [{ option, inForce: inForce(String(value), environment), fallback: null, recommended: "1 client" }]),
			...clientMemoryLines(pkg, Math.max(1, value - 1)),
			"- One client already pools its connections",
			"",
			settingsLine(profile),
		].join("\n"),
	};
}

function ignoredNote({ place, name, driver, instead, origin }: IgnoredSetting): Note {
	const where = origin.k === "option" ? "" : " from the URL";
	const advice = instead === null ? "It has no such setting." : `Its own is \`${instead}\`.`;
	return {
		place,
		label: `ignored by ${driver.title}`,
		tooltip: [
			`**\`${name}\` has no effect here**: ${driver.title} does not read it${where}.\n`,
			`- ${advice}`,
			`- Its pool holds ${driver.defaultText} connections unless \`${driver.option}\` says otherwise (${driver.source})`,
		].join("\n"),
	};
}
