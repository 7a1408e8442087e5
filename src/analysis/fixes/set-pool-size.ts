import { findingAt } from "./finding-place.js";
import type { FixKind } from "./kind.js";
import { Refusal } from "./types.js";
import { rewriteNumber } from "./written-number.js";

/** Connections that stay open when nothing runs: one is enough to stay warm. */
const POOL_MIN = 1;

/** Sets the number behind a pool's size to what the profile recommends, where it is written. */
export const setPoolSize: FixKind = {
	plan(finding, context) {
		const { model } = context;
		const number = model.pools.numbers.find(({ place }) => findingAt(finding, place, model));
		if (!number) throw new Refusal("No pool takes its size from this place any more.");
		const value = number.bound === "min" ? POOL_MIN : model.settings.profile.poolMax;
		return {
			title: `Set ${nameOf(number.option)} to ${value}`,
			changes: [rewriteNumber(context, number.place, number.option, value)],
			notes: number.environment === null ? [] : [`${number.environment} still takes precedence where it is set.`],
		};
	},
};

/** `max` alone says too little on a light bulb's menu. */
function nameOf(option: string): string {
	return option === "max" || option === "min" ? `pool ${option}` : option;
}
