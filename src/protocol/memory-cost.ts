/** What clients and connections cost by the cost model, where nobody has measured it. */
import { type Guard, isAmount, isListOf, isNullOr, isShape, isText } from "./guard.js";

/** A range in MB of rss (10^6 bytes), with the source of the figure. */
export interface CostRange {
	readonly low: number;
	readonly high: number;
	readonly source: string;
}

/** For a package that uses Prisma. */
export interface MemoryCost {
	/** The first client of a process, which loads the engine. */
	readonly firstClient: CostRange;
	/** Each client beside it. */
	readonly furtherClient: CostRange;
	/** Each busy connection, on the application's side. */
	readonly connection: CostRange;
}

/** Packages of a workspace whose costs are told apart. */
const COST_LIMIT = 1_000;

/** The cost of a client whose package is not known: from the lowest to the highest of them; null where there is none. */
export function widestCost(costs: readonly MemoryCost[]): MemoryCost | null {
	if (costs.length === 0) return null;
	return {
		firstClient: widest(costs.map(({ firstClient }) => firstClient)),
		furtherClient: widest(costs.map(({ furtherClient }) => furtherClient)),
		connection: widest(costs.map(({ connection }) => connection)),
	};
}

function widest(ranges: readonly CostRange[]): CostRange {
	return {
		low: Math.min(...ranges.map(({ low }) => low)),
		high: Math.max(...ranges.map(({ high }) => high)),
		source: [...new Set(ranges.map(({ source }) => source))].join("; "),
	};
}

const isCostRange: Guard<CostRange> = isShape<CostRange>({ low: isAmount, high: isAmount, source: isText(10_000) });

const isMemoryCost: Guard<MemoryCost> = isShape<MemoryCost>({
	firstClient: isCostRange,
	furtherClient: isCostRange,
	connection: isCostRange,
});

export const isMemoryCosts: Guard<readonly MemoryCost[]> = isListOf(isMemoryCost, COST_LIMIT);
export const isMemoryCostOrNull: Guard<MemoryCost | null> = isNullOr(isMemoryCost);
