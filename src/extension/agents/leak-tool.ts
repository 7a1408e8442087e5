import * as vscode from "vscode";
import { isLeakQuery, type LeakList, type LeakQuery, type Sample } from "../../protocol/index.js";
import { tellSample } from "./told-sample.js";

/** As the manifest contributes it under `languageModelTools`. */
export const LEAK_TOOL = "prisma-leak-lens_leaks";

export interface LeakToolSources {
	/** Rejects, in words for people, while the analysis is off. */
	leaks(query: LeakQuery): Promise<LeakList>;
	/** Null when nothing was attached. */
	latestSample(): Sample | null;
}

/** Read-only: gives a language model what is known of the workspace's Prisma leaks, and what the monitor measured last. */
export class LeakTool implements vscode.LanguageModelTool<LeakQuery> {
	readonly #sources: LeakToolSources;

	constructor(sources: LeakToolSources) {
		this.#sources = sources;
	}

	prepareInvocation(): vscode.PreparedToolInvocation {
		return { invocationMessage: vscode.l10n.t("Reading the Prisma leaks of the workspace") };
	}

	async invoke({ input }: vscode.LanguageModelToolInvocationOptions<LeakQuery>): Promise<vscode.LanguageModelToolResult> {
		const leaks = await this.#sources.leaks(isLeakQuery(input) ? input : {});
		const sample = this.#sources.latestSample();
		const told = { ...leaks, latestSample: sample && tellSample(sample) };
		return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(told))]);
	}
}
