/** Progress for people, on stderr: stdout stays free for results. */
const STILL_RUNNING_EVERY_MS = 15_000;

export function say(text: string): void {
	process.stderr.write(`${text}\n`);
}

export function seconds(since: number): string {
	return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/** Announces `title`, says every 15 s that it is still at it, and how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
	const start = Date.now();
	say(`• ${title} …`);
	const timer = setInterval(() => say(`  still at it: ${title} (${seconds(start)})`), STILL_RUNNING_EVERY_MS);
	try {
		const result = await work();
		say(`  done in ${seconds(start)}`);
		return result;
	} finally {
		clearInterval(timer);
	}
}
