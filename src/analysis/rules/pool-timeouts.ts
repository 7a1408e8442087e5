import { type PoolTimeoutKind, PROFILES } from "../../config/index.js";
import type { AdapterSite, PoolTimeout } from "../pools/index.js";
import { durationText } from "./duration-text.js";
import { headSpan, placeKey } from "./places.js";
import type { Model, Rule, RuleFinding } from "./types.js";

/**
 * Milliseconds above which an explicit value is a warning; up to there a value over the profile's is a hint. Waits for a connection
 * have room for a database that wakes up from scaling to zero; the others are the development profile's.
 */
const WARN_ABOVE: Readonly<Record<PoolTimeoutKind, number>> = {
	...PROFILES.development.poolTimeoutsMs,
	acquire: 20_000,
	create: 30_000,
};

/** Above this many seconds an option that counts seconds was most likely given milliseconds. */
const LIKELY_MILLISECONDS = 10_000;

export const poolTimeouts: Rule = {
	meta: {
		id: "pool-timeouts",
		title: "A pool waits, or keeps connections, too long",
		finds:
			"Acquire, create, destroy, idle, reap, lifetime and query time-outs of a connection pool beyond the profile's, seconds given as milliseconds, and a wait for a connection that nothing ends.",
		severity: "warning",
	},
	scope: "workspace",
	*check(model) {
		const seen = new Set<string>();
		for (const timeout of model.pools.timeouts) {
			const found = timeoutFinding(model, timeout);
			if (!found || seen.has(placeKey(found.place))) continue;
			seen.add(placeKey(found.place));
			yield found;
		}
		for (const adapter of model.pools.adapters) {
			const found = waitFinding(model, adapter);
			if (!found || seen.has(placeKey(found.place))) continue;
			seen.add(placeKey(found.place));
			yield found;
		}
	},
};

function timeoutFinding(model: Model, timeout: PoolTimeout): RuleFinding | null {
	const severity = model.workspace.roleOf(timeout.place.file) === "app" ? severityOf(model, timeout) : null;
	if (severity === null) return null;
	return { severity, place: timeout.place, message: messageOf(model, timeout), fixes: ["set-pool-timeouts"] };
}

function severityOf({ settings }: Model, timeout: PoolTimeout): RuleFinding["severity"] | null {
	const { kind, milliseconds, fallback, value } = timeout;
	// What the driver does by itself is no mistake of whoever writes it down.
	if (milliseconds <= settings.profile.poolTimeoutsMs[kind] || (value > 0 && milliseconds <= (fallbackOf(fallback) ?? 0))) return null;
	if (isTentative(timeout)) return "hint";
	if (value === 0) return "info";
	return milliseconds > WARN_ABOVE[kind] ? "warning" : "hint";
}

/** The driver's own time; null where it sets no end. */
function fallbackOf(fallback: number | null): number | null {
	return fallback !== null && Number.isFinite(fallback) ? fallback : null;
}

/** A default that the environment may replace, or a template that nobody runs with. */
function isTentative({ environment, origin }: PoolTimeout): boolean {
	return environment !== null || (origin.k === "env" && origin.example);
}

function messageOf(model: Model, timeout: PoolTimeout): string {
	const { kind, option, unit, value, milliseconds, driver, environment } = timeout;
	const recommended = model.settings.profile.poolTimeoutsMs[kind];
	const advice = `The ${model.settings.profile.name} profile recommends ${durationText(recommended)}${unit === 1000 ? ` (${recommended / unit})` : ""}.`;
	if (value === 0) return `${option} 0 ${FOR_EVER[kind]} ${advice}`;
	if (unit === 1000 && value >= LIKELY_MILLISECONDS) {
		const reader = driver === null ? "" : ` for ${driver.title}`;
		return `${option} counts seconds${reader}: ${value} is ${durationText(milliseconds)}, not ${durationText(value)}. ${advice}`;
	}
	const fallback = environment === null ? "" : ` unless ${environment} says otherwise`;
	return `${option} is ${durationText(milliseconds)}${fallback}: ${EFFECT[kind]} ${advice}`;
}

const EFFECT: Readonly<Record<PoolTimeoutKind, string>> = {
	acquire: "when the pool is exhausted, requests pile up that long before one fails.",
	create: "requests wait that long for a database that does not answer.",
	destroy: "a connection that does not close is kept that long.",
	idle: "connections that a burst opened stay open that long after it, in the process and in the database.",
	reap: "idle connections are looked for only that often, and stay open meanwhile.",
	lifetime: "connections are kept that long, with the memory they gather on both sides.",
	query: "a query that hangs keeps its connection that long.",
};

const FOR_EVER: Readonly<Record<PoolTimeoutKind, string>> = {
	acquire: "waits for ever: when the pool is exhausted, requests pile up and none fails.",
	create: "waits for ever for a database that does not answer.",
	destroy: "waits for ever for a connection that does not close.",
	idle: "never closes an idle connection: those a burst opened stay.",
	reap: "never looks for idle connections.",
	lifetime: "never replaces a connection.",
	query: "lets a query that hangs keep its connection for ever.",
};

function waitFinding({ linker, settings }: Model, { file, id, className, driver, waitsForEver, pools }: AdapterSite): RuleFinding | null {
	const [missing] = waitsForEver;
	const site = pools[0] ?? { file, id };
	const made = linker.facts(site.file)?.news[site.id];
	if (!missing || !made) return null;
	const owner = pools.length > 0 ? "This Pool" : className;
	return {
		severity: "info",
		place: { file: site.file, span: headSpan(made) },
		message: `${owner} has no ${missing.option}, and ${driver.title} then waits for ever: when the pool is exhausted, requests pile up and none fails. Set it to ${settings.profile.poolTimeoutsMs[missing.kind]} ms or less.`,
		fixes: ["set-pool-timeouts"],
	};
}
