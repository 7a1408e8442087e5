import { type PoolDriver, RUST_POOL } from "../cost/index.js";
import type { Client } from "../summaries/clients.js";
import type { Linker } from "../summaries/linker.js";
import type { Package, Workspace } from "../workspace/index.js";
import type { AdapterSite, OptionNumber, PoolSettings } from "./adapters.js";
import { clientPool } from "./client-pools.js";
import type { FoundSettings } from "./found-settings.js";
import { foundInManager } from "./manager-settings.js";
import { foundInOptions } from "./option-settings.js";
import { clientOptions, type PoolOwner } from "./pool-owner.js";
import type { PoolSites } from "./pool-sites.js";
import type { IgnoredSetting, Pool, PoolNumber, PoolSize, PoolTimeout } from "./types.js";
import type { PoolConfig } from "./unused-configs.js";
import { parameterOptions } from "./url-numbers.js";
import { UrlReaders } from "./url-readers.js";
import { foundInCodeUrl, foundInUrlSetting } from "./url-settings.js";

/** What pools are looked for in. */
export interface PoolContext {
	readonly workspace: Workspace;
	readonly linker: Linker;
	/** Files that name a driver adapter or a URL parameter that sizes a pool. */
	readonly files: readonly string[];
	/** Objects that look like a pool's configuration. */
	readonly configs: readonly PoolConfig[];
	readonly sites: PoolSites;
	readonly clients: { readonly all: readonly Client[] };
}

/** The pools of a workspace: every number that sizes one, and the pool behind each client. */
export class Pools {
	readonly numbers: readonly PoolNumber[];
	readonly timeouts: readonly PoolTimeout[];
	/** Settings that whoever opens the pool never reads. */
	readonly ignored: readonly IgnoredSetting[];
	/** Objects that look like a pool's configuration, whether or not one reads them. */
	readonly configs: readonly PoolConfig[];
	readonly #adapters: ReadonlyMap<string, AdapterSite>;
	/** By the call that makes the client. */
	readonly #clientPools: ReadonlyMap<Client["fact"], PoolSettings>;
	readonly #context: PoolContext;
	readonly #readers: UrlReaders;
	/** By the site that makes the client: rules and hints ask again and again. */
	readonly #pools = new Map<Client["fact"], Pool | null>();

	constructor(context: PoolContext) {
		this.#context = context;
		const { workspace, linker } = context;
		const isApp = (file: string): boolean => workspace.roleOf(file) === "app" && workspace.packageOf(file).prismaFrom !== null;
		const files = context.files.filter(isApp);
		const withClients = [...new Set(context.clients.all.map((client) => client.file))].filter(isApp);
		this.#readers = new UrlReaders(workspace, linker, context.clients.all);
		this.configs = context.configs;
		this.#adapters = new Map(files.flatMap((file) => context.sites.adaptersIn(file)).map((site) => [`${site.file}:${site.id}`, site]));
		this.#clientPools = new Map(
			context.clients.all.flatMap((client) => {
				const pool = isApp(client.file) ? clientPool(linker, client) : null;
				return pool === null ? [] : [[client.fact, pool]];
			}),
		);
		const managers = withClients.flatMap((file) => context.sites.managersIn(file));
		const asOptions = new Set(this.settings.flatMap((settings) => parameterOptions(linker, settings).map(keyOf)));
		const urlOptions = files.flatMap((file) => context.sites.urlNumbersIn(file)).filter((option) => !asOptions.has(keyOf(option)));
		const urlSettings = workspace.urlSettings.filter((setting) => workspace.roleOf(setting.file) !== "test");
		const found: readonly FoundSettings[] = [
			...this.settings.map((settings) => foundInOptions(linker, workspace, settings)),
			...urlOptions.map((option) => foundInCodeUrl(workspace, this.#readers, option)),
			...managers.map((manager) => foundInManager(workspace, manager)),
			...urlSettings.map((setting) => foundInUrlSetting(this.#readers, setting)),
		];
		this.numbers = found.flatMap(({ numbers }) => numbers);
		this.timeouts = found.flatMap(({ timeouts }) => timeouts);
		this.ignored = found.flatMap(({ ignored }) => ignored);
	}

	/** The adapters that app files make. */
	get adapters(): readonly AdapterSite[] {
		return [...this.#adapters.values()];
	}

	/** What the options of app files' adapters, and of clients without one, say of their pools. */
	get settings(): readonly PoolSettings[] {
		return [...this.#adapters.values(), ...this.#clientPools.values()];
	}

	/** What the options of a client's adapter, or its own, say of its pool; null where they say nothing or cannot be followed. */
	settingsOf(client: PoolOwner): PoolSettings | null {
		return client.kind === "call" ? this.#clientPoolOf(client) : this.adapterOf(client);
	}

	/** Who reads the database URLs of an env file, a schema or a configuration; null where no package with Prisma does. */
	urlReader(file: string): { readonly package: Package; readonly driver: PoolDriver | null } | null {
		const pkg = this.#readers.packageFor(file);
		return pkg === null ? null : { package: pkg, driver: this.#readers.driverOf(pkg) };
	}

	/** The pool a client opens; null where it opens none (HTTP, SQLite) or nothing is known. */
	poolOf(client: PoolOwner): Pool | null {
		if (client.fact === undefined) return this.#findPool(client);
		let pool = this.#pools.get(client.fact);
		if (pool === undefined) {
			pool = this.#findPool(client);
			this.#pools.set(client.fact, pool);
		}
		return pool;
	}

	#findPool(client: PoolOwner): Pool | null {
		const settings = this.settingsOf(client);
		if (settings !== null) return { driver: settings.driver, size: this.#optionSize(settings) };
		if (client.kind === "call") return null;
		const pkg = client.package;
		if (
			pkg.engine !== "rust" ||
			this.#readers.hasAdapter(client) ||
			pkg.schemas.some((schema) => /^(sqlite|mongodb)$/.test(schema.provider ?? ""))
		) {
			return null;
		}
		return { driver: RUST_POOL, size: this.#urlSize(client) };
	}

	/** The adapter a client is built on; null where it has none, or one that cannot be followed. */
	adapterOf(client: PoolOwner): AdapterSite | null {
		for (const { file, expression, at } of clientOptions(this.#context.linker, client, "adapter")) {
			for (const value of this.#context.linker.values(file, expression, at)) {
				const site = value.k === "instance" && value.id !== null ? this.#adapters.get(`${value.file}:${value.id}`) : undefined;
				if (site !== undefined) return site;
			}
		}
		return null;
	}

	#clientPoolOf({ fact }: PoolOwner): PoolSettings | null {
		return (fact && this.#clientPools.get(fact)) ?? null;
	}

	#optionSize(site: PoolSettings): PoolSize {
		const numbers = this.numbers.filter((number) => number.bound === "max" && site.max.some((option) => isAt(number, option)));
		return largest(numbers) ?? (site.stated ? { k: "unknown" } : defaultSize(site.driver));
	}

	#urlSize(client: PoolOwner): PoolSize {
		const own = this.numbers.filter(({ origin, place }) => origin.k === "url" && place.file === client.file);
		const variables = new Set(client.package.schemas.flatMap((schema) => schema.urlVariable ?? []));
		const shared = this.numbers.filter(
			({ origin, package: pkg }) =>
				pkg.prismaFrom === client.package.prismaFrom &&
				(origin.k === "schema" || (origin.k === "env" && !origin.example && variables.has(origin.variable))),
		);
		return largest(own) ?? largest(shared.filter((number) => number.honoured)) ?? defaultSize(RUST_POOL);
	}
}

function keyOf({ file, start, option }: OptionNumber): string {
	return `${file}:${start}:${option}`;
}

function largest(numbers: readonly PoolNumber[]): PoolSize | null {
	const [first] = [...numbers].sort((a, b) => b.value - a.value);
	if (first === undefined) return null;
	return { k: first.environment === null ? "explicit" : "environment", value: first.value, number: first };
}

function defaultSize(driver: PoolDriver): PoolSize {
	return { k: "default", value: driver.defaultSize, text: driver.defaultText };
}

function isAt(number: PoolNumber, option: OptionNumber): boolean {
	return "span" in number.place && number.place.file === option.file && number.place.span.start === option.start;
}
