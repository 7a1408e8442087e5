import type { PoolDriver } from "../cost/index.js";
import { timeoutOptions } from "../pools/index.js";
import { Refusal } from "./types.js";

/** Prisma's URL parameters, and options of drivers that follow libpq, count seconds. */
const IN_SECONDS = /^(pool_timeout|connect_timeout|socket_timeout|idle_timeout|max_idle_connection_lifetime|max_connection_lifetime)$/;
/** Libraries differ in what they count. */
const UNCLEAR = /^maxLifetime$/;

/** A setting's value under the name that the driver reads. @throws a `Refusal` when its unit is not clear. */
export function convert(value: number, from: string, to: string, driver: PoolDriver): number {
	const target = timeoutOptions(driver).find(({ option }) => option === to);
	if (!target) return value;
	if (UNCLEAR.test(from)) throw new Refusal(`Whether ${from} counts seconds or milliseconds is not clear. Write ${to} by hand.`);
	return (value * (IN_SECONDS.test(from) ? 1_000 : 1)) / target.unit;
}

/** Whether the two count the same. */
export function isSameUnit(from: string, to: string, driver: PoolDriver): boolean {
	return !UNCLEAR.test(from) && convert(1, from, to, driver) === 1;
}
