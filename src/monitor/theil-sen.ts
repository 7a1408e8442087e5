/** One value at a time `t`; times in milliseconds, rising. */
export interface Point {
	readonly t: number;
	readonly y: number;
}

/** Change of y per millisecond: the estimate, and the bounds of its 95 % confidence interval. */
export interface Slope {
	readonly slope: number;
	readonly low: number;
	readonly high: number;
}

/** The normal distribution's two-sided 95 % quantile. */
const Z = 1.96;
/** Neighbours that are almost equal would make the interval endless. */
const MOST_CORRELATION = 0.95;

/**
 * The median of the slopes between all pairs of points (Theil 1950), with Sen's interval (1968) from Kendall's S. Neighbours in time
 * resemble each other, so S varies more than Kendall's formula says: its variance is widened by the residuals' lag-1 correlation
 * (after Hamed and Rao, 1998). Up to 29 % of the points may be outliers. Null with fewer than five points: no interval excludes 0 then.
 */
export function theilSen(points: readonly Point[]): Slope | null {
	const n = points.length;
	if (n < 5) return null;
	const slopes = pairSlopes(points);
	const slope = quantileAt(slopes, (slopes.length - 1) / 2);
	const variance = ((n * (n - 1) * (2 * n + 5)) / 18) * widening(residualsOf(points, slope));
	const spread = Z * Math.sqrt(variance);
	return {
		slope,
		low: quantileAt(slopes, (slopes.length - spread) / 2 - 1),
		high: quantileAt(slopes, (slopes.length + spread) / 2),
	};
}

/** What is left of the points when the line along `slope` is taken away. */
export function residualsOf(points: readonly Point[], slope: number): readonly number[] {
	const start = points[0]?.t ?? 0;
	const flat = points.map(({ t, y }) => y - slope * (t - start));
	const level = median(flat);
	return flat.map((y) => y - level);
}

export function median(values: readonly number[]): number {
	const sorted = Float64Array.from(values).sort();
	return quantileAt(sorted, (sorted.length - 1) / 2);
}

function pairSlopes(points: readonly Point[]): Float64Array {
	const slopes = new Float64Array((points.length * (points.length - 1)) / 2);
	let at = 0;
	points.forEach((right, index) => {
		for (const left of points.slice(0, index)) slopes[at++] = (right.y - left.y) / (right.t - left.t);
	});
	return slopes.sort();
}

/** The value at a place between the whole ones, and at the ends beyond them. */
function quantileAt(sorted: Float64Array, place: number): number {
	const inside = Math.min(Math.max(place, 0), sorted.length - 1);
	const low = sorted[Math.floor(inside)] ?? 0;
	const high = sorted[Math.ceil(inside)] ?? 0;
	return low + (high - low) * (inside - Math.floor(inside));
}

function widening(residuals: readonly number[]): number {
	let covariance = 0;
	let variance = 0;
	residuals.forEach((residual, index) => {
		variance += residual * residual;
		covariance += residual * (residuals[index - 1] ?? 0);
	});
	const correlation = variance === 0 ? 0 : Math.min(Math.max(covariance / variance, 0), MOST_CORRELATION);
	return (1 + correlation) / (1 - correlation);
}
