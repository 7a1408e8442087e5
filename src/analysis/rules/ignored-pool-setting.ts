import {
	findRemovedOptions,
	findUnusedPoolConfigs,
	type IgnoredSetting,
	type RemovedOption,
	type UnusedPoolConfig,
} from "../pools/index.js";

import { placeKey } from "./places.js";
import type { Model, Rule, RuleFinding } from "./types.js";

export const ignoredPoolSetting: Rule = {
	meta: {
		id: "ignored-pool-setting",
		title: "A pool setting that has no effect",
		finds:
			"A parameter or option that this engine or adapter ignores, constructor options that Prisma 7 removed, and a pool's configuration that reaches no pool.",
		severity: "warning",
	},
	scope: "workspace",
	*check(model) {
		const seen = new Set<string>();
		for (const found of [
			...model.pools.ignored.map((setting) => ignoredFinding(model, setting)),
			...findRemovedOptions(model).map(removedFinding),
			...findUnusedPoolConfigs(model).map(unusedFinding),
		]) {
			if (found === null || seen.has(placeKey(found.place))) continue;
			seen.add(placeKey(found.place));
			yield found;
		}
	},
};

function ignoredFinding({ workspace }: Model, setting: IgnoredSetting): RuleFinding | null {
	if (workspace.roleOf(setting.place.file) !== "app") return null;
	const { name, place, origin, driver, instead } = setting;
	const isTemplate = origin.k === "env" && origin.example;
	const where = origin.k === "option" ? "" : " in a URL";
	// Prisma's command line connects with it, so it is not without effect.
	const isForCommandLine = name === "connect_timeout" && origin.k !== "option";
	return {
		severity: isTemplate || isForCommandLine ? "hint" : "warning",
		place,
		message: `${capital(driver.title)} ignores ${name}${where}, so the pool keeps its default. ${adviceOf(setting)}`,
		fixes: instead === null ? [] : ["move-pool-setting"],
	};
}

function adviceOf({ origin, driver, instead, name }: IgnoredSetting): string {
	if (instead === null) return "It has no such setting; remove it.";
	if (origin.k === "option") return `Use ${instead}.`;
	if (driver.urlParameters.includes(instead)) return `Use ${instead}.`;
	return `Pass ${instead === name ? "it" : instead} to ${driver.kind === "orm-postgres" ? "postgres()" : "the adapter"}.`;
}

function capital(text: string): string {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function removedFinding({ file, option, span, major }: RemovedOption): RuleFinding {
	return {
		severity: "warning",
		place: { file, span },
		message: `Prisma ${major} has no ${option}: the URL and the pool's parameters in it reach no pool. Give the URL to a driver adapter, and the pool's size to the adapter's options.`,
		fixes: ["move-pool-setting"],
	};
}

function unusedFinding({ file, span, keys }: UnusedPoolConfig): RuleFinding {
	return {
		severity: "hint",
		place: { file, span },
		message: `No PrismaClient's pool takes these settings (${keys.join(", ")}), as far as can be followed. Pass them to the driver adapter or put them into the URL, or remove them.`,
		fixes: ["move-pool-setting"],
	};
}
