import type { PoolDriver } from "../cost/index.js";
import type { Package } from "../workspace/index.js";
import type { OptionNumber } from "./adapters.js";
import type { DriverTimeout } from "./driver-timeouts.js";
import type { IgnoredSetting, PoolNumber, PoolOrigin, PoolTimeout } from "./types.js";

/** What one place says of pools: an adapter's options, a URL, a manager. */
export interface FoundSettings {
	readonly numbers: readonly PoolNumber[];
	readonly timeouts: readonly PoolTimeout[];
	/** Settings that whoever opens the pool never reads. */
	readonly ignored: readonly IgnoredSetting[];
}

/** Where a number is written, in a source's option or in a URL, and what it says. */
export type Written = Pick<PoolTimeout, "value" | "environment" | "place">;

export function writtenOption({ value, environment, file, start, end }: OptionNumber): Written {
	return { value, environment, place: { file, span: { start, end } } };
}

/** What says a number, and who opens the pool that it is for. */
export interface Owner {
	readonly origin: PoolOrigin;
	readonly driver: PoolDriver | null;
	readonly package: Package;
}

/** A number that sizes a pool; `honoured`: whoever opens the pool reads it. */
export function sizeOf(
	{ option, bound, honoured }: Pick<PoolNumber, "option" | "bound" | "honoured">,
	written: Written,
	owner: Owner,
): PoolNumber {
	return { option, bound, honoured, ...written, ...owner };
}

export function timeoutOf(
	of: Omit<DriverTimeout, "fallback"> & { readonly fallback: number | null },
	written: Written,
	owner: Owner,
): PoolTimeout {
	const { option, kind, unit, fallback } = of;
	// A 0 that leaves the driver's way as it is sets nothing.
	const zero = of.zero === "for ever" ? Number.POSITIVE_INFINITY : 0;
	const milliseconds = written.value === 0 ? zero : written.value * unit;
	return { option, kind, unit, fallback, milliseconds, ...written, ...owner };
}
