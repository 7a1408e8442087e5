/** Figures as people read them: with their unit, at most three significant digits, MB = 10^6 bytes. */
const GAP = " ";
const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB"] as const;
const DASH = "–";
/** Made once: making one takes longer than all else an update of the dashboard does. */
const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const MINUS = "\u2212";

export type Unit = "bytes" | "count" | "milliseconds";

const IN_UNIT: Readonly<Record<Unit, (value: number) => string>> = { bytes, count, milliseconds };

export function inUnit(value: number, unit: Unit): string {
	return IN_UNIT[unit](value);
}

/** `+9.20 MB`, `−7`, `±0` */
export function changeInUnit(change: number, unit: Unit): string {
	if (unit === "bytes") return bytesChange(change);
	if (unit === "count") return countChange(change);
	return change === 0 ? `±0${GAP}ms` : signed(change, milliseconds(Math.abs(change)));
}

/** `170 MB to 181 MB`, or one figure where both read the same. */
export function rangeInUnit({ low, high }: { readonly low: number; readonly high: number }, unit: Unit): string {
	const [from, to] = [inUnit(low, unit), inUnit(high, unit)];
	return from === to ? to : `${from} to ${to}`;
}

export function bytes(value: number): string {
	let size = Math.abs(value);
	let unit = 0;
	while (size >= 999.5 && unit < BYTE_UNITS.length - 1) {
		size /= 1_000;
		unit += 1;
	}
	return `${value < 0 && size > 0 ? MINUS : ""}${unit === 0 ? size.toFixed(0) : threeDigits(size)}${GAP}${BYTE_UNITS[unit] ?? "B"}`;
}

/** For axes and limits, whose figures are round: 50 MB rather than 50.0 MB. */
export function roundBytes(value: number): string {
	return value === 0 ? "0" : withoutZeros(bytes(value));
}

export function count(value: number | null): string {
	return value === null ? DASH : WHOLE.format(value);
}

/** `1 file`, `2,000 files`, `2 processes` */
export function plural(number: number, noun: string, nouns = `${noun}s`): string {
	return `${count(number)} ${number === 1 ? noun : nouns}`;
}

/** `share` of one core: 1 is one whole core. */
export function cpu(share: number | null): string {
	return share === null ? DASH : `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)}${GAP}%`;
}

/** `share` of one, in whole per cents. */
export function percent(share: number): string {
	return `${Math.round(share * 100)}${GAP}%`;
}

export function bytesChange(change: number): string {
	return Math.abs(change) < 50_000 ? `±0${GAP}MB` : signed(change, bytes(Math.abs(change)));
}

/** `+3.2 MB/min (2.9 to 3.6)`: a rate in bytes per minute with its bounds, all three in the same unit. */
export function ratePerMinute(rate: number, low: number, high: number): string {
	const [unit, name] = Math.abs(rate) < 100_000 ? [1_000, "kB"] : [1_000_000, "MB"];
	const figure = (value: number): string => (value / unit).toFixed(Math.abs(value / unit) < 9.95 ? 1 : 0).replace("-", MINUS);
	return `${rate < 0 ? "" : "+"}${figure(rate)}${GAP}${name}/min (${figure(low)} to ${figure(high)})`;
}

export function countChange(change: number): string {
	return change === 0 ? "±0" : signed(change, count(Math.abs(change)));
}

export function duration(milliseconds: number): string {
	const seconds = Math.max(0, Math.round(milliseconds / 1_000));
	if (seconds < 60) return `${seconds}${GAP}s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes}${GAP}min ${pad(seconds % 60)}${GAP}s`;
	return `${Math.floor(minutes / 60)}${GAP}h ${pad(minutes % 60)}${GAP}min`;
}

/** For durations of queries: `0.20 ms`, `340 ms`, `5.00 s`. */
export function milliseconds(value: number): string {
	return value < 999.5 ? `${threeDigits(value)}${GAP}ms` : `${threeDigits(value / 1_000)}${GAP}s`;
}

/** For axes and limits, whose figures are round. */
export function roundMilliseconds(value: number): string {
	return value === 0 ? "0" : withoutZeros(milliseconds(value));
}

/** Local time with seconds. */
export function clock(t: number): string {
	const time = new Date(t);
	return `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}`;
}

export function clockMinutes(t: number): string {
	return clock(t).slice(0, 5);
}

function withoutZeros(figure: string): string {
	return figure.replace(/\.0+(?=\D)|(?<=\.\d*[1-9])0+(?=\D)/, "");
}

function threeDigits(value: number): string {
	if (value < 9.995) return value.toFixed(2);
	if (value < 99.95) return value.toFixed(1);
	return value.toFixed(0);
}

function signed(change: number, size: string): string {
	return `${change < 0 ? MINUS : "+"}${size}`;
}

function pad(value: number): string {
	return String(value).padStart(2, "0");
}
