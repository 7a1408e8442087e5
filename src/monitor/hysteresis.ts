export interface Delays {
	/** Milliseconds a value has to stay over its limit before that counts. */
	readonly raise: number;
	/** Milliseconds it has to stay well below before that is over. */
	readonly clear: number;
}

/** "Well below" is under this share of the limit, so that a value that swings about it does not raise and clear in turn. */
const CLEAR_SHARE = 0.9;

/** Tells that a value passed its limit, and that it went back: not for a moment, and not once per sample. */
export class Hysteresis {
	private isRaised = false;
	private since = 0;
	/** Since when the value is on the other side. */
	private crossedAt: number | null = null;

	constructor(private readonly delays: Delays) {}

	/** @returns the time since when the value is over, or null while it is not. An unknown value changes nothing. */
	next(t: number, value: number | null, limit: number): number | null {
		if (value !== null) this.follow(t, value, limit);
		return this.isRaised ? this.since : null;
	}

	private follow(t: number, value: number, limit: number): void {
		const crosses = this.isRaised ? value <= limit * CLEAR_SHARE : value > limit;
		if (!crosses) {
			this.crossedAt = null;
			return;
		}
		this.crossedAt ??= t;
		if (t - this.crossedAt < (this.isRaised ? this.delays.clear : this.delays.raise)) return;
		this.since = this.crossedAt;
		this.isRaised = !this.isRaised;
		this.crossedAt = null;
	}
}
