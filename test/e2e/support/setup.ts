import type { TestProject } from "vitest/node";
import { prepareWorkbenchServer } from "../../../scripts/lib/workbench-server.js";

declare module "vitest" {
	export interface ProvidedContext {
		/** Path of the packaged extension. */
		vsix: string;
	}
}

export default async function setup(project: TestProject): Promise<void> {
	project.provide("vsix", await prepareWorkbenchServer());
}
