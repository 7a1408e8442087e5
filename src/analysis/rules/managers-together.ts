import type { PoolNumber } from "../pools/index.js";
import { membersOf } from "../summaries/clients.js";
import { placeKey } from "./places.js";
import type { Model } from "./types.js";

/** Several home-made managers that keep clients of one database in one process. */
export interface ManagersTogether {
	readonly count: number;
	/** PrismaClients they keep at most, all of them. */
	readonly sum: number;
}

/** By the place of each manager's largest number; a manager that is alone in its process is not there. */
export function managersTogether(model: Model): ReadonlyMap<string, ManagersTogether> {
	const largest = largestNumbers(model);
	const together = new Map<string, ManagersTogether>();
	for (const group of model.clients.groups) {
		const files = new Set(membersOf(group).map(({ file }) => file));
		const numbers = largest.filter(({ place }) => files.has(place.file));
		if (numbers.length < 2) continue;
		const sum = numbers.reduce((total, { value }) => total + value, 0);
		for (const { place } of numbers) together.set(placeKey(place), { count: numbers.length, sum });
	}
	return together;
}

function largestNumbers(model: Model): readonly PoolNumber[] {
	const byManager = new Map<string, PoolNumber>();
	for (const number of model.pools.numbers) {
		if (number.origin.k !== "manager" || number.bound !== "max" || model.workspace.roleOf(number.place.file) !== "app") continue;
		const key = `${number.place.file}:${number.origin.className}`;
		if (number.value > (byManager.get(key)?.value ?? 0)) byManager.set(key, number);
	}
	return [...byManager.values()];
}
