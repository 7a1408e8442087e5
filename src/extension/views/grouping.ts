import * as vscode from "vscode";
import type { Grouping } from "./leak-tree.js";

/** Context key of the manifest: its title bar offers the next grouping. */
const KEY = "prismaLeakLens.leaksGrouping";

const COMMANDS: Readonly<Record<Grouping, string>> = {
	rule: "prismaLeakLens.groupLeaksByRule",
	file: "prismaLeakLens.groupLeaksByFile",
	package: "prismaLeakLens.groupLeaksByPackage",
};

/** How the tree is laid out: a person's choice, kept with the workspace. */
export class GroupingChoice implements vscode.Disposable {
	readonly #memory: vscode.Memento;
	readonly #commands: vscode.Disposable;
	#current: Grouping;

	constructor(memory: vscode.Memento, changed: () => void) {
		this.#memory = memory;
		this.#current = stored(memory.get(KEY));
		this.#tell();
		this.#commands = vscode.Disposable.from(
			...(["rule", "file", "package"] as const).map((grouping) =>
				vscode.commands.registerCommand(COMMANDS[grouping], async () => {
					this.#current = grouping;
					this.#tell();
					changed();
					await this.#memory.update(KEY, grouping);
				}),
			),
		);
	}

	get current(): Grouping {
		return this.#current;
	}

	dispose(): void {
		this.#commands.dispose();
	}

	#tell(): void {
		void vscode.commands.executeCommand("setContext", KEY, this.#current);
	}
}

function stored(value: unknown): Grouping {
	return value === "file" || value === "package" ? value : "rule";
}
