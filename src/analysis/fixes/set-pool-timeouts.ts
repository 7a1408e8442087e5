import type { Finding } from "../../protocol/index.js";
import type { AdapterSite, PoolTimeout } from "../pools/index.js";
import { durationText } from "../rules/duration-text.js";
import { headSpan } from "../rules/places.js";
import { findingAt } from "./finding-place.js";
import type { FixContext, FixKind, Repair } from "./kind.js";
import { numberText } from "./object-literal.js";
import { addPoolOptions, openerOf } from "./pool-options.js";
import { Refusal } from "./types.js";
import { rewriteNumber } from "./written-number.js";

/** Gives a pool's time-out the profile's value in the driver's unit, or the wait for a connection an end where it has none. */
export const setPoolTimeouts: FixKind = {
	plan(finding, context) {
		const { model } = context;
		const timeout = model.pools.timeouts.find(({ place }) => findingAt(finding, place, model));
		if (timeout) return shorten(timeout, context);
		const adapter = model.pools.adapters.find((site) => isMadeAt(site, finding, context));
		if (adapter) return addWait(adapter, context);
		throw new Refusal("No pool takes a time-out from this place any more.");
	},
};

function shorten({ kind, option, unit, place, environment }: PoolTimeout, context: FixContext): Repair {
	const milliseconds = context.model.settings.profile.poolTimeoutsMs[kind];
	return {
		title: `Set ${option} to ${durationText(milliseconds)}`,
		changes: [rewriteNumber(context, place, option, milliseconds / unit)],
		notes: environment === null ? [] : [`${environment} still takes precedence where it is set.`],
	};
}

function isMadeAt(site: AdapterSite, finding: Finding, { model }: FixContext): boolean {
	const { file, id } = openerOf(site);
	const made = model.linker.facts(file)?.news[id];
	return site.waitsForEver.length > 0 && made !== undefined && findingAt(finding, { file, span: headSpan(made) }, model);
}

function addWait(site: AdapterSite, context: FixContext): Repair {
	const [missing] = site.waitsForEver;
	if (!missing) throw new Refusal("This pool's waits for a connection end by themselves.");
	const milliseconds = context.model.settings.profile.poolTimeoutsMs[missing.kind];
	const value = numberText(milliseconds / missing.unit, context.source(openerOf(site).file).text);
	const change = addPoolOptions(site, [{ option: missing.option, value }], context);
	return { title: `Set ${missing.option} to ${durationText(milliseconds)}`, changes: change ? [change] : [], notes: [] };
}
