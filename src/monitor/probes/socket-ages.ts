import { AGE_LIMIT } from "../../protocol/index.js";

/** How long each socket has been seen for. A local port that was used again between two samples counts as the same socket. */
export class SocketAges {
	private seen = new Map<string, number>();

	/** Ages in milliseconds per endpoint, oldest first, at most `AGE_LIMIT` each. `now` is a monotonic clock's. */
	next(ports: ReadonlyMap<string, readonly number[]>, now: number): ReadonlyMap<string, readonly number[]> {
		const seen = new Map<string, number>();
		const ages = new Map<string, number[]>();
		for (const [endpoint, locals] of ports) {
			const starts = locals.map((port) => {
				const key = `${endpoint} ${port}`;
				const since = this.seen.get(key) ?? now;
				seen.set(key, since);
				return since;
			});
			ages.set(
				endpoint,
				starts
					.sort((a, b) => a - b)
					.slice(0, AGE_LIMIT)
					.map((since) => Math.round(now - since)),
			);
		}
		this.seen = seen;
		return ages;
	}
}
