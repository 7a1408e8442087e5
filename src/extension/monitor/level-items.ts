import { l10n } from "vscode";
import { LEVEL_WORDS, type Level, type LevelState } from "../../protocol/index.js";

export interface LevelItem {
	readonly label: string;
	readonly description: string;
	readonly detail: string;
	readonly level: Level;
	/** What a pick turns it to. */
	readonly on: boolean;
}

const STATUS_WORDS: Readonly<Record<LevelState["status"], () => string>> = {
	off: () => l10n.t("off"),
	starting: () => l10n.t("starting"),
	on: () => l10n.t("on"),
	failed: () => l10n.t("failed"),
};

/** One row per level: what it gives, how it stands, and what turning it on costs. */
export function levelItems(levels: readonly LevelState[]): readonly LevelItem[] {
	return levels.map(({ level, status, price, note }) => {
		const { name, gives } = LEVEL_WORDS[level];
		const on = status === "off" || status === "failed";
		return {
			label: `$(${status === "on" ? "pass-filled" : "circle-large-outline"}) ${name}`,
			description: [STATUS_WORDS[status](), note ?? gives].join(" · "),
			detail: on ? l10n.t("Turn on. {0}", price) : l10n.t("Turn off. The process is left as it was before."),
			level,
			on,
		};
	});
}
