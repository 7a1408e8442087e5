import type { Settings } from "../../config/index.js";
import type { Package } from "../workspace/types.js";
import type { Carried } from "./carried.js";
import type { ClientPlace } from "./client-place.js";
import type { Source } from "./source.js";
import type { Style } from "./style.js";

/** What a new module for the shared client is made of. */
export interface ModuleParts {
	readonly path: string;
	/** The file whose client moves to the module, and how that file is written. */
	readonly source: Source;
	readonly style: Style;
	readonly place: ClientPlace;
	readonly carried: Carried;
	readonly package: Package;
	readonly settings: Pick<Settings, "profile" | "singletonStyle">;
}

export interface ModuleText {
	readonly text: string;
	/** What a reader should know of it. */
	readonly notes: readonly string[];
}
