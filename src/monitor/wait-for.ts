import { setTimeout as sleep } from "node:timers/promises";

const STEP_MS = 50;

/** Asks again and again until the answer is not null; null when the time is up. */
export async function waitFor<T>(ask: () => Promise<T | null>, timeoutMs: number): Promise<T | null> {
	const deadline = performance.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer !== null || performance.now() > deadline) return answer;
		await sleep(STEP_MS);
	}
}

/** The value, or null when it takes longer than `timeoutMs`. Rejects as the value does. */
export function within<T>(value: Promise<T>, timeoutMs: number): Promise<T | null> {
	return new Promise((resolve, reject) => {
		const late = setTimeout(() => resolve(null), timeoutMs);
		value.then(resolve, reject).finally(() => clearTimeout(late));
	});
}
