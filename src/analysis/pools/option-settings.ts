import type { Linker } from "../summaries/linker.js";
import type { Workspace } from "../workspace/index.js";
import type { OptionNumber, PoolSettings } from "./adapters.js";
import { type FoundSettings, type Owner, sizeOf, timeoutOf, writtenOption } from "./found-settings.js";
import { ignoredOptions } from "./ignored.js";

/** What the options of an adapter, a pool or a client say. */
export function foundInOptions(linker: Linker, workspace: Workspace, settings: PoolSettings): FoundSettings {
	const pkg = workspace.packageOf(settings.file);
	const owner: Owner = { origin: { k: "option", adapter: settings.className }, driver: settings.driver, package: pkg };
	const sizes = (bound: "max" | "min", numbers: readonly OptionNumber[]) =>
		numbers.map((number) => sizeOf({ option: number.option, bound, honoured: true }, writtenOption(number), owner));
	return {
		numbers: [...sizes("max", settings.max), ...sizes("min", settings.min)],
		timeouts: settings.timeouts.map(({ of, number }) => timeoutOf(of, writtenOption(number), owner)),
		ignored: ignoredOptions(linker, settings, pkg),
	};
}
