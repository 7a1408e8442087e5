/** Units of the `ms` package and of the words people pass to it, in milliseconds. */
const DURATIONS: Readonly<Record<string, number>> = {
	ms: 1,
	msec: 1,
	millisecond: 1,
	s: 1_000,
	sec: 1_000,
	second: 1_000,
	m: 60_000,
	min: 60_000,
	minute: 60_000,
	h: 3_600_000,
	hr: 3_600_000,
	hour: 3_600_000,
	d: 86_400_000,
	day: 86_400_000,
	w: 604_800_000,
	week: 604_800_000,
};

/** Packages whose function turns `90s` into milliseconds. */
const PARSERS = new Set(["ms", "@lukeed/ms", "enhanced-ms", "itty-time", "parse-duration"]);

/** Functions of date-fns that turn a count of their unit into milliseconds, by that unit. */
const CONVERTERS: Readonly<Record<string, string>> = {
	secondsToMilliseconds: "second",
	minutesToMilliseconds: "minute",
	hoursToMilliseconds: "hour",
};

/** Milliseconds that a text such as `1 minute`, `90s` or `.5h` names; null when it names none. */
export function duration(text: string): number | null {
	const match = /^\s*(\d*\.?\d+)\s*([a-z]*)\s*$/i.exec(text);
	if (!match) return null;
	const unit = unitOf((match[2] ?? "").toLowerCase() || "ms");
	return unit === null ? null : Number(match[1]) * unit;
}

function unitOf(word: string): number | null {
	return DURATIONS[word] ?? DURATIONS[word.replace(/s$/, "")] ?? null;
}

/** Milliseconds per unit of what a function takes: 1 for the `ms` package, which reads the unit off a text; null for other functions. */
export function unitTakenBy(specifier: string, name: string): number | null {
	const [scope, rest] = specifier.split("/");
	const owner = specifier.startsWith("@") ? `${scope}/${rest}` : scope;
	if (PARSERS.has(owner ?? "")) return 1;
	const unit = owner === "date-fns" ? CONVERTERS[name] : undefined;
	return unit === undefined ? null : unitOf(unit);
}
