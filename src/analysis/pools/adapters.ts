import { driverOfAdapter, type PoolDriver } from "../cost/index.js";
import type { NewFact, NewId } from "../facts/index.js";
import type { Linker } from "../summaries/linker.js";
import type { Value } from "../summaries/values.js";
import { type DriverTimeout, timeoutOptions } from "./driver-timeouts.js";
import { isFollowed, type Located, numbersOf, optionAt } from "./option-values.js";

/** What the options of whoever opens a pool say. */
export interface PoolSettings {
	readonly file: string;
	/** The adapter's class, or the function that makes the client. */
	readonly className: string;
	readonly driver: PoolDriver;
	/** Numbers given for its size; empty with `stated` when the expression could not be followed. */
	readonly max: readonly OptionNumber[];
	readonly min: readonly OptionNumber[];
	/** Whether a size is given at all. */
	readonly stated: boolean;
	readonly timeouts: readonly { readonly of: DriverTimeout; readonly number: OptionNumber }[];
	/** Where the driver's options are written: its own, or those of the pool it is given. */
	readonly options: readonly Located[];
}

/** `new PrismaPg(…)`: an adapter whose driver keeps a pool. */
export interface AdapterSite extends PoolSettings {
	readonly id: NewId;
	/** Options that are left out though the driver then waits for ever; empty where the options could not be followed. */
	readonly waitsForEver: readonly DriverTimeout[];
	/** The pools it may be given: `new PrismaPg(new Pool())`. */
	readonly pools: readonly PoolSite[];
}

/** A `new Pool(…)` that is handed to an adapter or client. */
export interface PoolSite {
	readonly file: string;
	readonly id: NewId;
}

export interface OptionNumber {
	readonly value: number;
	readonly option: string;
	readonly file: string;
	readonly start: number;
	readonly end: number;
	readonly environment: string | null;
}

/** The adapters a file makes. */
export function adaptersIn(linker: Linker, file: string): AdapterSite[] {
	return (linker.facts(file)?.news ?? []).flatMap((fact, id) => {
		for (const callee of linker.values(file, fact.callee, fact.function)) {
			const className = callee.k === "external" ? callee.path.at(-1) : undefined;
			const driver = className === undefined ? null : driverOfAdapter(className);
			if (className !== undefined && driver !== null) return [adapterSite(linker, file, id, fact, className, driver)];
		}
		return [];
	});
}

function adapterSite(linker: Linker, file: string, id: NewId, fact: NewFact, className: string, driver: PoolDriver): AdapterSite {
	const pools = poolsGiven(linker, file, fact);
	const options = pools.length > 0 ? pools.flatMap((pool) => firstArgument(linker, pool)) : firstArgument(linker, { file, id });
	const areFollowed = fact.args.length > 0 && options.every((located) => isFollowed(linker, located));
	return {
		...poolSettings(linker, { file, className }, driver, options),
		id,
		waitsForEver: timeoutOptions(driver).filter(
			(of) =>
				areFollowed &&
				of.kind === "acquire" &&
				of.fallback === Number.POSITIVE_INFINITY &&
				!options.some((located) => optionAt(linker, located, of.option.split(".")).length > 0),
		),
		pools,
	};
}

/** Reads a driver's options. */
export function poolSettings(
	linker: Linker,
	owner: Pick<PoolSettings, "file" | "className">,
	driver: PoolDriver,
	options: readonly Located[],
): PoolSettings {
	const at = (option: string): Located[] => options.flatMap((located) => optionAt(linker, located, option.split(".")));
	const numbers = (option: string): OptionNumber[] =>
		at(option).flatMap((value) => numbersOf(linker, value).map((number) => ({ ...number, option })));
	return {
		...owner,
		driver,
		max: numbers(driver.option),
		min: driver.minimumOption === null ? [] : numbers(driver.minimumOption),
		stated: at(driver.option).length > 0,
		timeouts: timeoutOptions(driver).flatMap((of) => numbers(of.option).map((number) => ({ of, number }))),
		options,
	};
}

/** The options a pool is made with. */
export function firstArgument(linker: Linker, { file, id }: PoolSite): Located[] {
	const made = linker.facts(file)?.news[id];
	return (made?.args ?? []).slice(0, 1).map((expression) => ({ file, expression, at: made?.function ?? 0 }));
}

function poolsGiven(linker: Linker, file: string, fact: NewFact): PoolSite[] {
	const [first] = fact.args;
	return first === undefined ? [] : linker.values(file, first, fact.function).flatMap(poolSite);
}

/** The `new Pool(…)` a value comes from. */
export function poolSite(value: Value): PoolSite[] {
	if (value.k !== "instance" || value.id === null || value.of.k !== "external" || !/Pool$/.test(value.of.path.at(-1) ?? "")) return [];
	return [{ file: value.file, id: value.id }];
}
