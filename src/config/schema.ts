/** The one schema of settings. VS Code's settings, the config file, their JSON schemas and the documentation all follow from it. */
import type { FileRole } from "../analysis/workspace/types.js";
import { INTERVAL_MS, type Severity } from "../protocol/index.js";
import { flag, type Kind, numberOrUnknown, oneOf, text, wholeNumber } from "./kinds.js";
import {
	type AlertFigures,
	type PoolTimeoutKind,
	PROFILE_NAMES,
	PROFILES,
	type ProfileFigures,
	type ProfileName,
	type TargetFigures,
} from "./profiles.js";
import { RULE_IDS, type RuleId } from "./rule-ids.js";
import { listOf, shape, tableFor, tableOf } from "./tables.js";

export interface Setting<T> {
	/** With a dot for each table it stands in: `database.replicas`. VS Code's name has `prismaLeakLens.` before it. */
	readonly name: string;
	readonly kind: Kind<T>;
	readonly fallback: T;
	/** What it does, in Markdown. */
	readonly about: string;
	/** Those of the monitor belong to a person's machine: they are VS Code's alone. */
	readonly group: "Analysis" | "Monitor";
	/** Where VS Code lets it be set. */
	readonly scope: "resource" | "window" | "machine";
}

/** What a rule reports with; `off`: it does not run. */
export type Level = Severity | "off";

export const LEVELS: readonly Level[] = ["off", "hint", "info", "warning", "error"];

const ROLES: readonly FileRole[] = ["app", "script", "seed", "test", "generated", "build", "archive"];

/** What "Use singleton" creates. */
export type SingletonStyle = "globalThis" | "manager";

const SINGLETON_STYLES: readonly SingletonStyle[] = ["globalThis", "manager"];

export type Profiles = Readonly<Record<ProfileName, ProfileFigures>>;

export const SETTINGS = {
	profile: setting<ProfileName>(
		"profile",
		oneOf(PROFILE_NAMES, PROFILE_NAMES.map(inWords)),
		"production",
		"What pool sizes and time-outs are measured against.",
	),
	profiles: setting<Profiles>(
		"profiles",
		shape({ production: figures(PROFILES.production), development: figures(PROFILES.development) }),
		PROFILES,
		"Figures of the profiles that you want otherwise; the others stay as they are.",
	),
	rules: setting<Readonly<Partial<Record<RuleId, Level>>>>(
		"rules",
		tableFor(RULE_IDS, "rule", oneOf(LEVELS), "the rule keeps its own severity"),
		{},
		'The severity of each rule\'s findings, in place of its own: `{ "pool-size": "error" }`. A rule that is `off` does not run.',
	),
	singletonStyle: setting<SingletonStyle>(
		"singleton.style",
		oneOf(SINGLETON_STYLES, [
			"One exported client, with Prisma's guard on `globalThis` where the development server reloads modules.",
			"A `PrismaConnectionManager` that owns the client: metrics, rotation, health check, time-outs for transactions and an orderly end.",
		]),
		"globalThis",
		"What *Use singleton* creates where no module shares a client yet.",
	),
	exclude: setting<readonly string[]>(
		"exclude",
		listOf(text("a glob"), "globs", '["legacy/**"]'),
		[],
		"Files and folders the analysis leaves out, beside those that `.gitignore` and VS Code's `files.exclude` name: globs relative to the folder, such as `legacy/**`, written as in `.gitignore`.",
	),
	roles: setting<Readonly<Record<string, FileRole>>>(
		"roles",
		tableOf(oneOf(ROLES), "the role is read off the path"),
		{},
		'What files are for, where their path does not tell: `{ "tools/**": "script" }`. Of several globs that match, the last one counts. Clients of scripts, seeds and tests are judged mildly; generated code, build output and archives are not read.',
	),
	cachingHelpers: setting<readonly string[]>(
		"cachingHelpers",
		listOf(text("a function's name"), "functions' names", '["perTenant"]'),
		[],
		"Functions that call their callback once and keep what it returns: a client made inside it is a cached one. Names such as `remember`, `memoize` or `getOrCreate` are known.",
	),
	maxConnections: setting<number | null>(
		"database.maxConnections",
		numberOrUnknown(wholeNumber(1)),
		null,
		"How many connections the database takes (`show max_connections` in PostgreSQL). A warning says when the pools of all replicas pass it.",
	),
	replicas: setting<number>(
		"database.replicas",
		wholeNumber(1),
		1,
		"How many processes of the application run beside each other, for the sum of their connections.",
	),
	hintsEnabled: setting<boolean>(
		"hints.enabled",
		flag,
		true,
		"Show pool size, connections and memory behind clients and pool numbers, in sources, `.env` files and `schema.prisma`. They are inlay hints: VS Code's `editor.inlayHints.enabled` applies too.",
	),
	codeLensEnabled: setting<boolean>(
		"codeLens.enabled",
		flag,
		true,
		"Show above the shared client how many files use it, and above the others how many there are. They are code lenses: VS Code's `editor.codeLens` applies too.",
	),
	monitorInterval: setting<number>(
		"monitor.interval",
		wholeNumber(INTERVAL_MS.min, INTERVAL_MS.max),
		1_000,
		"Milliseconds between two samples of the attached process. Takes effect at the next attach.",
		{ group: "Monitor", scope: "window" },
	),
	monitorAllowRemote: setting<boolean>(
		"monitor.allowRemote",
		flag,
		false,
		"Let the monitor attach to inspectors on other hosts. Whoever reaches an inspector runs code in that process; prefer a forwarded port on this machine.",
		{ group: "Monitor", scope: "machine" },
	),
	monitorAutoAttach: setting<boolean>(
		"monitor.autoAttach",
		flag,
		false,
		"Attach to the Node processes that run in this workspace's folders as they start, one at a time, without asking. A process without an open inspector gets one on this machine's loopback, as if you had agreed; it is closed again on detach. A process that you detached from is left alone.",
		{ group: "Monitor", scope: "machine" },
	),
} as const;

/** The names of all settings, and of those a config file can hold. */
export const SETTING_NAMES: readonly string[] = Object.values(SETTINGS).map(({ name }) => name);
export const FILE_SETTING_NAMES: readonly string[] = Object.values(SETTINGS)
	.filter(({ group }) => group === "Analysis")
	.map(({ name }) => name);

function setting<T>(
	name: string,
	kind: Kind<T>,
	fallback: T,
	about: string,
	place: Pick<Setting<T>, "group" | "scope"> = { group: "Analysis", scope: "resource" },
): Setting<T> {
	return { name, kind, fallback, about, ...place };
}

function figures({ poolMax, transactionMaxWaitMs, poolTimeoutsMs, alerts, targets }: ProfileFigures): Kind<ProfileFigures> {
	return shape<ProfileFigures>({
		poolMax: figure(1, poolMax, "Connections per pool."),
		transactionMaxWaitMs: figure(0, transactionMaxWaitMs, "Longest wait for a transaction to start (`maxWait`), in milliseconds."),
		poolTimeoutsMs: shape<Readonly<Record<PoolTimeoutKind, number>>>({
			acquire: figure(0, poolTimeoutsMs.acquire, "Wait for a free connection, in milliseconds."),
			create: figure(0, poolTimeoutsMs.create, "Wait for a new connection, in milliseconds."),
			destroy: figure(0, poolTimeoutsMs.destroy, "Wait for a connection to close, in milliseconds."),
			idle: figure(0, poolTimeoutsMs.idle, "How long a connection that nobody uses stays open, in milliseconds."),
			reap: figure(0, poolTimeoutsMs.reap, "How often idle connections are looked for, in milliseconds."),
			lifetime: figure(0, poolTimeoutsMs.lifetime, "Greatest age of a connection, in milliseconds."),
			query: figure(0, poolTimeoutsMs.query, "Longest run of a query, in milliseconds."),
		}),
		alerts: shape<AlertFigures>({
			...measured(alerts, "The monitor raises an alert over"),
			outsideHeapGrowthMb: figure(
				0,
				alerts.outsideHeapGrowthMb,
				"The monitor raises an alert over so much growth outside the heap (rss − heapTotal) since the process has warmed up, in MB.",
			),
			slowQueryMs: figure(0, alerts.slowQueryMs, "The monitor raises an alert over so long a query, in milliseconds."),
		}),
		targets: shape<TargetFigures>(measured(targets, "A healthy process stays within")),
	});
}

function measured({ externalMb, connections, queryMs, transactionMs }: TargetFigures, what: string) {
	return {
		externalMb: figure(0, externalMb, `${what} so much \`external\` memory, in MB.`),
		connections: figure(0, connections, `${what} so many open connections to databases.`),
		queryMs: figure(0, queryMs, `${what} so long an average query, in milliseconds.`),
		transactionMs: figure(0, transactionMs, `${what} so long an average transaction, in milliseconds.`),
	};
}

function figure(low: number, fallback: number, description: string): Kind<number> {
	const kind = wholeNumber(low);
	return { ...kind, json: { ...kind.json, default: fallback, description } };
}

function inWords(name: ProfileName): string {
	const { poolMax, transactionMaxWaitMs } = PROFILES[name];
	return `${poolMax} connections per pool, at most ${transactionMaxWaitMs / 1_000} s wait for a transaction.`;
}
