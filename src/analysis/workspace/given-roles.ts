import type { Ignore } from "ignore";
import { globMatcher } from "./globs.js";
import type { FileRole } from "./types.js";

/** Roles that the settings give to files, whatever their paths tell. */
export class GivenRoles {
	readonly #matchers: readonly { readonly matches: Ignore; readonly role: FileRole }[];

	/** @param roles by glob; of several that match a file, the last one counts */
	constructor(roles: Readonly<Record<string, FileRole>>) {
		this.#matchers = Object.entries(roles).map(([glob, role]) => ({ matches: globMatcher([glob]), role }));
	}

	of(file: string): FileRole | undefined {
		return this.#matchers.findLast(({ matches }) => matches.ignores(file))?.role;
	}
}
