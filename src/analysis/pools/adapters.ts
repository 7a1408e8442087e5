import { driverOfAdapter, type PoolDriver } from "../cost/index.js";
import type { NewFact, NewId } from "../facts/index.js";
import type { Linker } from "../summaries/linker.js";
import type { Value } from "../summaries/values.js";
import { type Located, numbersOf, optionAt } from "./option-values.js";

/** `new PrismaPg(…)`: an adapter whose driver keeps a pool. */
export interface AdapterSite {
	readonly file: string;
	readonly id: NewId;
	readonly className: string;
	readonly driver: PoolDriver;
	/** Numbers given for its size; empty with `stated` when the expression could not be followed. */
	readonly max: readonly OptionNumber[];
	readonly min: readonly OptionNumber[];
	/** Whether a size is given at all. */
	readonly stated: boolean;
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
	const options = optionsOf(linker, { file, at: fact.function }, fact);
	const read = (option: string | null): { values: readonly Located[]; numbers: OptionNumber[] } => {
		const values = option === null ? [] : options.flatMap((located) => optionAt(linker, located, option.split(".")));
		return { values, numbers: values.flatMap((value) => numbersOf(linker, value).map((number) => ({ ...number, option: option ?? "" }))) };
	};
	const max = read(driver.option);
	return { file, id, className, driver, max: max.numbers, min: read(driver.minimumOption).numbers, stated: max.values.length > 0 };
}

/** The adapter's own options, or those of the pool that is handed to it: `new PrismaPg(new Pool({ max: 20 }))`. */
function optionsOf(linker: Linker, at: { readonly file: string; readonly at: number }, fact: NewFact): Located[] {
	const [first] = fact.args;
	if (first === undefined) return [];
	const pools = linker.values(at.file, first, at.at).flatMap((value) => poolOptions(linker, value));
	return pools.length > 0 ? pools : [{ file: at.file, expression: first, at: at.at }];
}

function poolOptions(linker: Linker, value: Value): Located[] {
	if (value.k !== "instance" || value.id === null || value.of.k !== "external" || !/Pool$/.test(value.of.path.at(-1) ?? "")) return [];
	const made = linker.facts(value.file)?.news[value.id];
	return (made?.args ?? []).slice(0, 1).map((expression) => ({ file: value.file, expression, at: made?.function ?? 0 }));
}
