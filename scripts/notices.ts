/** `npm run notices`: writes what the licences of the bundled packages ask to be shipped, after `npm run build`. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "./lib/paths.js";
import { type ShippedPackage, shippedPackages } from "./lib/shipped-packages.js";

async function main(): Promise<void> {
	const inputs: string[] = JSON.parse(await readFile(join(projectRoot, "dist/inputs.json"), "utf8"));
	const packages = await shippedPackages(projectRoot, inputs);
	await writeFile(join(projectRoot, "dist/THIRD-PARTY-NOTICES.txt"), packages.map(notice).join(`\n${"-".repeat(80)}\n\n`));
	console.log(`Notices of ${packages.length} packages: ${packages.map(({ name }) => name).join(", ")}`);
}

function notice({ name, version, license, texts }: ShippedPackage): string {
	return `${name} ${version} (${license})\n\n${texts.map((text) => text.trim()).join("\n\n")}\n`;
}

void main();
