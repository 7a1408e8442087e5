import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createResolver, type Resolver } from "../../../src/analysis/resolve/index.js";
import { type Files, load } from "../workspace/tree.js";

/** A resolver over files that are really there. */
export async function open(files: Files): Promise<Resolver> {
	const workspace = await load(files);
	return createResolver(workspace, (path) => {
		try {
			return readFileSync(join(workspace.root, path), "utf8");
		} catch {
			return undefined;
		}
	});
}
