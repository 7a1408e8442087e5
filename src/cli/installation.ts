import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isShape, isString } from "../protocol/index.js";

export interface RulePage {
	readonly uri: string;
	readonly text: string;
}

const isManifest = isShape<{ version: string }>({ version: isString });

/** What this program was installed with: its version, and the pages of its rules. */
export class Installation {
	private constructor(
		private readonly root: string,
		readonly version: string,
	) {}

	/** Looks for it from the program's own file upwards. @throws when files of the installation are missing */
	static async find(): Promise<Installation> {
		for (let folder = __dirname; ; folder = dirname(folder)) {
			const manifest = join(folder, "package.json");
			if (await stat(manifest).catch(() => null)) {
				const value: unknown = JSON.parse(await readFile(manifest, "utf8"));
				if (!isManifest(value)) throw new Error(`${manifest} names no version.`);
				return new Installation(folder, value.version);
			}
			if (dirname(folder) === folder) throw new Error("The program's package.json is missing. Install it anew.");
		}
	}

	async rulePage(rule: string): Promise<RulePage> {
		const path = join(this.root, "docs", "rules", `${rule}.md`);
		return { uri: pathToFileURL(path).href, text: await readFile(path, "utf8") };
	}
}
