/** What a bug report needs: versions and states. No path, no name, no value of a setting, nothing of the code. */
export interface SupportInfo {
	readonly version: string;
	/** VS Code's version, and the host it runs on: `desktop`, `web` or a remote's name. */
	readonly editor: string;
	readonly host: string;
	/** Such as `linux x64`. */
	readonly platform: string;
	readonly node: string;
	readonly folders: number;
	readonly isTrusted: boolean;
	/** The analysis in a few words; null before it has said anything. */
	readonly analysis: string | null;
	/** Names of the settings that a person has made. */
	readonly settings: readonly string[];
	/** Kind of the monitor's session, such as `live`. */
	readonly monitor: string;
	readonly levels: readonly string[];
}

export function supportText(info: SupportInfo): string {
	const { settings, levels } = info;
	return [
		`Prisma Leak Lens ${info.version}`,
		`VS Code ${info.editor} (${info.host}), ${info.platform}, Node ${info.node}`,
		`Workspace: ${info.folders} ${info.folders === 1 ? "folder" : "folders"}, ${info.isTrusted ? "trusted" : "not trusted"}`,
		`Analysis: ${info.analysis ?? "has not reported yet"}`,
		`Settings made: ${settings.length === 0 ? "none" : settings.join(", ")}`,
		`Monitor: ${info.monitor}${levels.length === 0 ? "" : `, levels ${levels.join(", ")}`}`,
		"",
	].join("\n");
}
