/** Small guards that messages are validated with at every border: a value from elsewhere is `unknown` until one of these has seen it. */
export type Guard<T> = (value: unknown) => value is T;

export const isString: Guard<string> = (value) => typeof value === "string";
export const isBoolean: Guard<boolean> = (value) => typeof value === "boolean";
/** Finite only: NaN and the infinities never belong on a chart. */
export const isNumber: Guard<number> = (value): value is number => typeof value === "number" && Number.isFinite(value);
/** A count, a size or a time: finite and not negative. */
export const isAmount: Guard<number> = (value): value is number => isNumber(value) && value >= 0;

/** At most `maxLength` UTF-16 code units. */
export function isText(maxLength: number): Guard<string> {
	return (value): value is string => isString(value) && value.length <= maxLength;
}

/** A whole number from `low` to `high`, both included. */
export function isInteger(low: number, high: number): Guard<number> {
	return (value): value is number => typeof value === "number" && Number.isSafeInteger(value) && value >= low && value <= high;
}

export function isLiteral<const T extends string | number | boolean | null>(expected: T): Guard<T> {
	return (value): value is T => value === expected;
}

export function isNullOr<T>(guard: Guard<T>): Guard<T | null> {
	return (value): value is T | null => value === null || guard(value);
}

/** For a field that may be absent. */
export function isOptional<T>(guard: Guard<T>): Guard<T | undefined> {
	return (value): value is T | undefined => value === undefined || guard(value);
}

/** At most `limit` items: a longer list is refused, so that no message can make its reader grow without bound. */
export function isListOf<T>(guard: Guard<T>, limit: number): Guard<readonly T[]> {
	return (value): value is readonly T[] => Array.isArray(value) && value.length <= limit && value.every(guard);
}

/** Unknown extra fields are allowed, so that an older reader understands a newer writer. */
export function isShape<T extends object>(fields: { readonly [K in keyof Required<T>]: Guard<T[K]> }): Guard<T> {
	return (value): value is T => {
		if (!isRecord(value)) return false;
		for (const key in fields) if (!fields[key](value[key])) return false;
		return true;
	};
}

export function isOneOf<T extends readonly unknown[]>(...guards: { readonly [I in keyof T]: Guard<T[I]> }): Guard<T[number]> {
	return (value): value is T[number] => guards.some((guard) => guard(value));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
