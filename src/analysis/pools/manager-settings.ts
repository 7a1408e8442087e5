import type { Workspace } from "../workspace/index.js";
import type { OptionNumber } from "./adapters.js";
import { type FoundSettings, type Owner, sizeOf, timeoutOf, writtenOption } from "./found-settings.js";
import type { Manager } from "./managers.js";

/** What a home-made manager says of the clients that it keeps. */
export function foundInManager(workspace: Workspace, manager: Manager): FoundSettings {
	const owner: Owner = {
		origin: { k: "manager", className: manager.className },
		driver: null,
		package: workspace.packageOf(manager.file),
	};
	const sizes = (bound: "max" | "min", numbers: readonly OptionNumber[]) =>
		numbers.map((number) => sizeOf({ option: number.option, bound, honoured: true }, writtenOption(number), owner));
	return {
		numbers: [...sizes("max", manager.max), ...sizes("min", manager.min)],
		timeouts: manager.timeouts.map(({ kind, unit, number }) =>
			timeoutOf({ option: number.option, kind, unit, fallback: null, zero: "fallback" }, writtenOption(number), owner),
		),
		ignored: [],
	};
}
