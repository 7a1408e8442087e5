import { type App, type AppOptions, startApp } from "./app.js";
import { Watcher } from "./watcher.js";

/** Runs of one script and the sessions that watch them, which end together. */
export class WatchedApps {
	private readonly apps: App[] = [];
	private readonly watchers: Watcher[] = [];

	constructor(private readonly script: string) {}

	async start(options: AppOptions = {}): Promise<App> {
		const app = await startApp(this.script, options);
		this.apps.push(app);
		return app;
	}

	newWatcher(): Watcher {
		const watcher = new Watcher();
		this.watchers.push(watcher);
		return watcher;
	}

	/** Sessions first: they leave their targets as they were found. */
	async end(): Promise<void> {
		await Promise.all(this.watchers.splice(0).map((watcher) => watcher.dispose()));
		await Promise.all(this.apps.splice(0).map((app) => app.stop()));
	}
}
