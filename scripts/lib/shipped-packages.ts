/** The packages whose code is in the bundles, and what their licences ask for. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export interface ShippedPackage {
	readonly name: string;
	readonly version: string;
	/** SPDX identifier, as its manifest says. */
	readonly license: string;
	/** Texts of its licence and notice files; where it has none, what its manifest says. */
	readonly texts: readonly string[];
}

/** Licences that allow to ship a package's code in an MIT-licensed product when its notice comes along. */
const ALLOWED: readonly string[] = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD", "BlueOak-1.0.0"];

/** What a package carries inside a file of its own, where the bundler cannot see it. */
const CARRIED: Readonly<Record<string, readonly string[]>> = { "@ts-morph/common": ["typescript", "minimatch"] };

/**
 * @param inputs files of the bundles, relative to `root`
 * @throws when a package's licence is not among the allowed ones.
 */
export async function shippedPackages(root: string, inputs: readonly string[]): Promise<readonly ShippedPackage[]> {
	const folders = new Set(inputs.flatMap((input) => packageFolder(input) ?? []));
	for (const name of [...folders].flatMap((folder) => CARRIED[nameOf(folder)] ?? [])) folders.add(`node_modules/${name}`);
	const packages = await Promise.all([...folders].map((folder) => readPackage(join(root, folder))));
	return packages.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function packageFolder(input: string): string | null {
	return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? null;
}

function nameOf(folder: string): string {
	return folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
}

async function readPackage(folder: string): Promise<ShippedPackage> {
	const manifest: Manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
	const { name, version, license = "none" } = manifest;
	if (!ALLOWED.includes(license)) throw new Error(`${name} ${version} ships with the extension under "${license}", which is not allowed.`);
	const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
	const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
	return { name, version, license, texts: texts.length > 0 ? texts : [statement(manifest)] };
}

interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly license?: string;
	readonly author?: string | { readonly name: string };
}

/** Some packages name their licence and leave its text out. */
function statement({ license, author = "its authors" }: Manifest): string {
	return `Copyright (c) ${typeof author === "string" ? author.replace(/\s*<.*>/, "") : author.name}\n\nLicensed under the ${license} license: https://spdx.org/licenses/${license}.html`;
}
