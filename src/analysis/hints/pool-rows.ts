import type { PoolDriver } from "../cost/index.js";
import { type DriverTimeout, type PoolSettings, timeoutOptions, urlTimeouts } from "../pools/index.js";
import { TIMEOUT_LIMIT } from "../rules/transaction-timeout.js";
import type { Model } from "../rules/types.js";
import type { Client } from "../summaries/clients.js";
import { constructorLimits, type Limit } from "../summaries/transaction-limits.js";
import type { Package } from "../workspace/index.js";
import { type SettingRow, waitText } from "./markdown.js";

/** Every setting of a pool that its driver reads from its options, with the driver's own value where nothing is said. */
export function optionRows({ settings: { profile } }: Model, pool: PoolSettings): readonly SettingRow[] {
	const { driver } = pool;
	const sizes = pool.max.map(({ value, environment }) => inForce(String(value), environment));
	const minimum = pool.min.map(({ value, environment }) => inForce(String(value), environment));
	const waits = timeoutOptions(driver).map((of): SettingRow => {
		const stated = pool.timeouts.filter((timeout) => timeout.of.option === of.option);
		const values = stated.map(({ number }) => inForce(waitOf(of, number.value), number.environment));
		return {
			option: of.option,
			inForce: values.length > 0 ? values.join(" or ") : unstated(of),
			fallback: unstated(of),
			recommended: atMost(waitText(profile.poolTimeoutsMs[of.kind])),
		};
	});
	return [
		sizeRow(driver, sizes.length > 0 ? sizes.join(" or ") : pool.stated ? "computed" : driver.defaultText, profile.poolMax),
		...(driver.minimumOption !== null && minimum.length > 0
			? [{ option: driver.minimumOption, inForce: minimum.join(" or "), fallback: null, recommended: atMost("1") }]
			: []),
		...waits,
	];
}

/** The same for a pool that a database URL's parameters set up: Prisma's Rust engine. */
export function urlRows(model: Model, driver: PoolDriver, pkg: Package, size: string): readonly SettingRow[] {
	const { profile } = model.settings;
	const stated = model.pools.timeouts.filter(
		({ origin, package: other }) =>
			other.prismaFrom === pkg.prismaFrom && (origin.k === "schema" || origin.k === "url" || (origin.k === "env" && !origin.example)),
	);
	return [
		sizeRow(driver, size, profile.poolMax),
		...urlTimeouts(driver).map((of): SettingRow => {
			const values = stated
				.filter(({ option }) => option === of.option)
				.map(({ milliseconds, value }) => (value === 0 ? waitOf(of, 0) : waitText(milliseconds)));
			return {
				option: of.option,
				inForce: values.length > 0 ? [...new Set(values)].join(" or ") : unstated(of),
				fallback: unstated(of),
				recommended: atMost(waitText(profile.poolTimeoutsMs[of.kind])),
			};
		}),
	];
}

/** Prisma's own limits of interactive transactions. */
export const TRANSACTION_DEFAULTS: Readonly<Record<Limit["name"], number>> = { maxWait: 2_000, timeout: 5_000 };

/** How long a client's interactive transactions may wait and run, as its constructor says. */
export function transactionRows(model: Model, client: Client): readonly SettingRow[] {
	const stated = constructorLimits(model.linker, client.file, client.fact);
	return (["maxWait", "timeout"] as const).map((name): SettingRow => {
		const limit = stated.find((one) => one.name === name)?.longest;
		const fallback = waitText(TRANSACTION_DEFAULTS[name]);
		return {
			option: `transactionOptions.${name}`,
			inForce: limit === undefined ? fallback : inForce(waitText(limit.value), limit.environment),
			fallback,
			recommended: atMost(waitText(recommendedLimit(model, name))),
		};
	});
}

export function recommendedLimit({ settings }: Model, name: Limit["name"]): number {
	return name === "maxWait" ? settings.profile.transactionMaxWaitMs : TIMEOUT_LIMIT;
}

export function atMost(text: string): string {
	return `≤ ${text}`;
}

/** A value that the environment may replace is only a default. */
export function inForce(text: string, environment: string | null): string {
	return environment === null ? text : `${text} unless \`${environment}\` says otherwise`;
}

function sizeRow(driver: PoolDriver, size: string, recommended: number): SettingRow {
	return { option: driver.option, inForce: size, fallback: driver.defaultText, recommended: atMost(String(recommended)) };
}

function waitOf(of: DriverTimeout, value: number): string {
	if (value === 0) return of.zero === "for ever" ? "for ever" : unstated(of);
	return waitText(value * of.unit);
}

function unstated({ fallback }: DriverTimeout): string {
	return waitText(fallback);
}
