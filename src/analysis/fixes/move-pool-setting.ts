import { findRemovedOptions } from "../pools/index.js";
import { findingAt } from "./finding-place.js";
import { giveUrlToAdapter } from "./give-url-to-adapter.js";
import type { FixKind } from "./kind.js";
import { moveParameter } from "./move-parameter.js";
import { renameOption } from "./rename-option.js";
import { Refusal } from "./types.js";

/** Puts a setting that nobody reads to where the driver looks for it. */
export const movePoolSetting: FixKind = {
	plan(finding, context) {
		const { model } = context;
		const setting = model.pools.ignored.find(({ place }) => findingAt(finding, place, model));
		if (setting) return setting.origin.k === "option" ? renameOption(setting, context) : moveParameter(setting, context);
		const removed = findRemovedOptions(model).find(({ file, span }) => findingAt(finding, { file, span }, model));
		if (removed) return giveUrlToAdapter(removed, context);
		throw new Refusal("Which pool these settings are meant for is not clear. Pass them to the adapter, or remove them.");
	},
};
