import type { TestProject } from "vitest/node";
import { packageExtension } from "../../../scripts/lib/build.js";
import { step } from "../../../scripts/lib/progress.js";
import { installVsCode } from "../../../scripts/lib/vscode-install.js";

declare module "vitest" {
	export interface ProvidedContext {
		/** Path of the packaged extension. */
		vsix: string;
	}
}

export default async function setup(project: TestProject): Promise<void> {
	await installVsCode();
	project.provide("vsix", await step("Building and packaging the extension", packageExtension));
}
