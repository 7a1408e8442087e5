import * as vscode from "vscode";
import type { AttachTarget } from "../../protocol/index.js";
import { autoTarget, type Identity, isFree } from "./auto-target.js";
import type { MonitorController } from "./controller.js";
import { monitorSettings } from "./settings.js";

const EVERY_MS = 5_000;
/** More than that have ended by then. */
const MOST_DECLINED = 1_000;

/** Attaches to the workspace's processes as they come, while the setting says so and nothing else is watched. Each process only once. */
export class AutoAttach implements vscode.Disposable {
	readonly #controller: MonitorController;
	readonly #attach: (target: AttachTarget) => Promise<unknown>;
	#declined: readonly Identity[] = [];
	readonly #unsubscribe: () => void;
	#timer: NodeJS.Timeout | undefined;

	constructor(controller: MonitorController, attach: (target: AttachTarget) => Promise<unknown>) {
		this.#controller = controller;
		this.#attach = attach;
		this.#unsubscribe = controller.onChange((change) => {
			if (change.type !== "state" || change.state.kind !== "live") return;
			const { pid, startedAt } = change.state.target;
			this.#decline({ pid, startedAt: startedAt ?? null });
		});
		this.#schedule();
	}

	dispose(): void {
		clearTimeout(this.#timer);
		this.#unsubscribe();
	}

	#schedule(): void {
		this.#timer = setTimeout(() => void this.#look().finally(() => this.#schedule()), EVERY_MS);
	}

	/** Never rejects: a list that does not come is asked for again later. */
	async #look(): Promise<void> {
		if (!this.#isWanted()) return;
		const processes = await this.#controller.processes().catch(() => []);
		const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
		const host = { pid: process.pid, parentPid: process.ppid };
		const found = autoTarget(processes, folders, host, this.#declined, Date.now());
		if (found === null || !this.#isWanted()) return;
		const { pid, startedAt } = found;
		this.#decline({ pid, startedAt });
		await this.#attach({ kind: "pid", pid, startedAt, mayOpenInspector: true });
	}

	#decline(process: Identity): void {
		this.#declined = [...this.#declined, process].slice(-MOST_DECLINED);
	}

	#isWanted(): boolean {
		return vscode.workspace.isTrusted && monitorSettings().autoAttach && isFree(this.#controller.state, Date.now());
	}
}
