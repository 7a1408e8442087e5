/** Ends everything a run has started, last started first, whether the run succeeds, fails or is interrupted. */
import { say } from "./progress.js";

type Ending = () => Promise<void> | void;

export class Teardown {
	private readonly endings: Ending[] = [];
	private running: Promise<void> | undefined;

	/** Remembers how to end `thing`, and gives it back. */
	own<T>(thing: T, end: (thing: T) => Promise<void> | void): T {
		this.endings.push(() => end(thing));
		return thing;
	}

	/** Safe to call twice; a failing ending does not keep the others from happening. */
	run(): Promise<void> {
		this.running ??= this.endAll();
		return this.running;
	}

	private async endAll(): Promise<void> {
		for (let ending = this.endings.pop(); ending; ending = this.endings.pop()) {
			try {
				await ending();
			} catch (error) {
				say(`While shutting down: ${error instanceof Error ? error.message : error}`);
			}
		}
	}
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs `work` with a teardown that happens in any case, then ends this process: with `work`'s exit code, 1 when it
 * rejects, or 130 after Ctrl+C.
 */
export async function runToTheEnd(work: (teardown: Teardown) => Promise<number>): Promise<never> {
	const teardown = new Teardown();
	const interruption = new AbortController();
	const interrupted = new Promise<number>((resolve) => {
		for (const signal of SIGNALS) {
			process.on(signal, () => {
				interruption.abort();
				resolve(130);
			});
		}
	});
	const worked = work(teardown).catch((error: unknown) => {
		// What ends because of the interruption has nothing to report.
		if (!interruption.signal.aborted) say(error instanceof Error ? `\n${error.message}` : String(error));
		return 1;
	});
	const code = await Promise.race([worked, interrupted]);
	if (interruption.signal.aborted) say("\nStopping …");
	await teardown.run();
	process.exit(code);
}
