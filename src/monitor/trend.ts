import type { Rate, Trend, TrendMeasure } from "../protocol/index.js";
import { median, type Point, residualsOf, type Slope, theilSen } from "./theil-sen.js";

const MINUTE_MS = 60_000;
/** Points of a window: the lowest value of each of its parts, so that what is given back within a part is not seen at all. */
const PARTS = 120;
/** Fewer points than this are too early to tell. */
const FEWEST_POINTS = 12;
/** Growth that is less than this, or than so many times the noise around it, is none. */
const LEAST_GROWTH = 2_000_000;
const NOISE_FACTOR = 3;
/** A leak gives nothing back: each quarter of the points has a higher floor, by at least this share of what the slope says. */
const QUARTERS = 4;
const HELD_SHARE = 0.25;

/** A rise that was found: how fast, and since when. */
interface Rise {
	readonly rate: Rate;
	readonly since: number;
}

/** Looks for steady growth of one measure in the latest half hour, and, for slow leaks, in the latest eight hours. */
export class TrendWatch {
	private readonly windows: readonly Floors[];

	constructor(
		private readonly measure: TrendMeasure,
		private readonly fewestPoints = FEWEST_POINTS,
	) {
		this.windows = [30 * MINUTE_MS, 8 * 60 * MINUTE_MS].map((span) => new Floors(span));
	}

	/** @param y bytes */
	next(point: Point): void {
		for (const window of this.windows) window.next(point);
	}

	/** What the points so far show. */
	trend(now: number): Trend {
		const { measure } = this;
		const known = this.windows.map(({ points }) => points).filter(({ length }) => length >= this.fewestPoints);
		const rise = known.map(riseOf).find((found) => found !== null);
		if (rise) return { measure, kind: "rising", ...rise };
		return { measure, kind: known.length === 0 ? "early" : "steady", rate: null, since: now };
	}
}

/** The lowest value of each part of a window that moves on with time. The part that is not over yet is left out. */
class Floors {
	private readonly partMs: number;
	private floors: Point[] = [];
	private current: Point | null = null;

	constructor(spanMs: number) {
		this.partMs = spanMs / PARTS;
	}

	get points(): readonly Point[] {
		return this.floors;
	}

	next(point: Point): void {
		if (this.current !== null && this.partOf(point) !== this.partOf(this.current)) {
			this.floors = [...this.floors, this.current].slice(-PARTS);
			this.current = null;
		}
		if (this.current === null || point.y < this.current.y) this.current = point;
	}

	private partOf({ t }: Point): number {
		return Math.floor(t / this.partMs);
	}
}

/** The steady growth that points show; null when they show none. */
export function riseOf(points: readonly Point[]): Rise | null {
	const slope = theilSen(points);
	const [first, last] = [points[0], points.at(-1)];
	if (slope === null || first === undefined || last === undefined || slope.low <= 0) return null;
	const growth = slope.low * (last.t - first.t);
	const noise = median(residualsOf(points, slope.slope).map(Math.abs));
	if (growth < Math.max(LEAST_GROWTH, NOISE_FACTOR * noise) || !isHeld(points, slope)) return null;
	return { rate: rateOf(slope), since: first.t };
}

/** Tells growth that stays from a tooth, from a step, and from a rise that levels off. Quarters by number: collections come unevenly. */
function isHeld(points: readonly Point[], { slope }: Slope): boolean {
	const quarters = Array.from({ length: QUARTERS }, (_, quarter) => {
		const inside = points.slice(Math.floor((quarter * points.length) / QUARTERS), Math.floor(((quarter + 1) * points.length) / QUARTERS));
		return { start: inside[0]?.t ?? 0, floor: Math.min(...inside.map(({ y }) => y)) };
	});
	return quarters.every(({ start, floor }, index) => {
		const before = quarters[index - 1];
		return before === undefined || floor - before.floor >= HELD_SHARE * slope * (start - before.start);
	});
}

function rateOf({ slope, low, high }: Slope): Rate {
	return { perMinute: slope * MINUTE_MS, low: low * MINUTE_MS, high: high * MINUTE_MS };
}
