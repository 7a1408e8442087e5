import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import {
	type AlertSubject,
	type FromDashboard,
	isFromDashboard,
	type Level,
	type MemoryCost,
	type Note,
	type Sample,
	type ToDashboard,
} from "../../protocol/index.js";
import { dashboardPage } from "./html.js";
import type { ShownSession } from "./shown-session.js";
import type { Stage, StageChange } from "./stage.js";

export interface PanelActions {
	attach(): void;
	/** @param t the end of what is in view, in milliseconds since the epoch */
	setBaseline(t: number): void;
	openRecording(): void;
	/** What clients and connections cost by the cost model; null where nothing is known. */
	cost(): Promise<MemoryCost | null>;
	/** Turns on or off what is measured beyond observing. */
	level(level: Level, on: boolean): void;
	/** By its place among the sites that the page was told last. */
	openSite(index: number): void;
	/** The finding that explains an alert. */
	openExplanation(subject: AlertSubject): void;
	/** Saves samples as a file, with the notes about their time. */
	export(samples: readonly Sample[], notes: readonly Note[]): void;
	/** Creates the leak report. */
	report(): void;
	/** Saves a chart as a picture; `png` in base64. */
	picture(name: string, png: string): void;
}

/** The dashboard's webview. While it is hidden nothing is sent; when it comes back, one restore brings it up to date. */
export class DashboardPanel implements vscode.Disposable {
	readonly #panel: vscode.WebviewPanel;
	readonly #stage: Stage;
	readonly #shown: ShownSession;
	readonly #subscriptions: vscode.Disposable[] = [];
	readonly #cost: PanelActions["cost"];
	#ready = false;

	constructor(panel: vscode.WebviewPanel, extensionUri: vscode.Uri, stage: Stage, shown: ShownSession, actions: PanelActions) {
		this.#panel = panel;
		this.#stage = stage;
		this.#shown = shown;
		this.#cost = actions.cost;
		const dist = vscode.Uri.joinPath(extensionUri, "dist");
		const { webview } = panel;
		webview.options = { enableScripts: true, localResourceRoots: [dist] };
		panel.iconPath = vscode.Uri.joinPath(extensionUri, "media", "icon.png");
		this.#subscriptions.push(
			webview.onDidReceiveMessage((message: unknown) => this.#receive(message, actions)),
			panel.onDidChangeViewState(() => {
				if (!panel.visible) this.#ready = false;
			}),
			new vscode.Disposable(stage.onChange((change) => this.#show(change))),
			new vscode.Disposable(shown.onWatched((watched) => this.#post({ type: "watched", watched }))),
		);
		webview.html = dashboardPage({
			cspSource: webview.cspSource,
			nonce: randomBytes(16).toString("base64"),
			scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, "webview.js")).toString(),
			styleUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, "webview.css")).toString(),
		});
	}

	get onDidDispose(): vscode.Event<void> {
		return this.#panel.onDidDispose;
	}

	reveal(): void {
		this.#panel.reveal(undefined, true);
	}

	/** Ends what belongs to the panel; the panel itself is closed by its reader or with the window. */
	dispose(): void {
		for (const subscription of this.#subscriptions) subscription.dispose();
	}

	#receive(message: unknown, actions: PanelActions): void {
		if (!isFromDashboard(message)) return;
		switch (message.type) {
			case "ready":
				this.#ready = true;
				this.#restore();
				void this.#showCost();
				this.#post({ type: "watched", watched: this.#shown.watched });
				break;
			case "show":
				this.#shown.choose(message.choice);
				break;
			case "attach":
				actions.attach();
				break;
			case "detach":
				this.#shown.detach();
				break;
			case "clear":
				this.#shown.clear();
				break;
			case "setBaseline":
				actions.setBaseline(message.t);
				break;
			case "clearBaseline":
				this.#stage.setBaseline(null);
				break;
			case "openRecording":
				actions.openRecording();
				break;
			case "leaveReplay":
				this.#stage.leaveReplay();
				break;
			case "nativeMemory":
				void this.#shown.readNativeMemory();
				break;
			case "level":
				actions.level(message.level, message.on);
				break;
			case "openSite":
				actions.openSite(message.index);
				break;
			case "openExplanation":
				actions.openExplanation(message.subject);
				break;
			case "export":
				this.#export(message, actions);
				break;
			case "report":
				actions.report();
				break;
			case "picture":
				actions.picture(message.name, message.png);
				break;
			case "note":
				this.#stage.mark({ t: message.t, kind: "note", text: message.text });
				break;
		}
	}

	#export({ from, to }: Pick<Extract<FromDashboard, { type: "export" }>, "from" | "to">, actions: PanelActions): void {
		const notes = this.#stage.marks.filter(({ kind, t }) => kind === "note" && t >= from && t <= to);
		actions.export(this.#stage.history.between(from, to), notes);
	}

	#restore(): void {
		const { nativeMemory } = this.#stage;
		this.#post(this.#stage.restore());
		if (nativeMemory !== null) this.#post({ type: "nativeMemory", outcome: nativeMemory });
	}

	async #showCost(): Promise<void> {
		this.#post({ type: "cost", cost: await this.#cost() });
	}

	#show(change: StageChange): void {
		if (!this.#ready) return;
		if (change.type === "state" && change.state.kind === "live") void this.#showCost();
		if (change.type === "renewed") this.#restore();
		else if (change.type === "comparison") this.#post({ type: "comparison", comparison: this.#stage.comparison() });
		else this.#post(change);
	}

	#post(message: ToDashboard): void {
		if (this.#ready) void this.#panel.webview.postMessage(message);
	}
}
