/** One run of the integration suite in a VS Code. */
export interface HostRun {
	/** Folder of the bundled suite, whose `index.js` exports `run()`. */
	readonly tests: string;
	readonly workspace: string;
	/** Empty folder for settings, extensions and logs. */
	readonly dataFolder: string;
	readonly env: Readonly<Record<string, string>>;
}
