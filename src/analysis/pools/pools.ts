import { driverOfPackage, ORM_POSTGRES_POOL, type PoolDriver, RUST_POOL } from "../cost/index.js";
import type { Client } from "../summaries/clients.js";
import type { Linker } from "../summaries/linker.js";
import type { Package, UrlSetting, Workspace } from "../workspace/index.js";
import type { AdapterSite, OptionNumber, PoolSettings } from "./adapters.js";
import { clientPool } from "./client-pools.js";
import { type DriverTimeout, urlTimeout } from "./driver-timeouts.js";
import { ignoredOptions, ignoredParameter } from "./ignored.js";
import type { Manager } from "./managers.js";
import { type Located, optionAt } from "./option-values.js";
import type { PoolSites } from "./pool-sites.js";
import type { IgnoredSetting, Pool, PoolNumber, PoolOrigin, PoolSize, PoolTimeout } from "./types.js";
import type { PoolConfig } from "./unused-configs.js";
import { parameterOptions } from "./url-numbers.js";

/** Variables whose URL only Prisma's command line opens. */
const CLI_VARIABLE = /DIRECT|SHADOW|MIGRAT/;
const SIZE_PARAMETER = /^(connection_limit|connectionLimit)$/;

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

/** What opens a pool: a client that is made, or a client class that a framework's container builds. */
export type PoolOwner = Pick<Client, "file" | "package" | "client"> & Partial<Pick<Client, "fact" | "kind">>;

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
	/** By the site that makes the client: rules and hints ask again and again. */
	readonly #pools = new Map<Client["fact"], Pool | null>();

	constructor(context: PoolContext) {
		this.#context = context;
		const { workspace, linker } = context;
		const isApp = (file: string): boolean => workspace.roleOf(file) === "app" && workspace.packageOf(file).prismaFrom !== null;
		const files = context.files.filter(isApp);
		const withClients = [...new Set(context.clients.all.map((client) => client.file))].filter(isApp);
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
		this.numbers = [
			...this.settings.flatMap((settings) => this.#optionNumbers(settings)),
			...urlOptions.flatMap((option) => this.#urlNumber(option)),
			...managers.flatMap((manager) => this.#managerNumbers(manager)),
			...urlSettings.flatMap((setting) => this.#settingNumber(setting)),
		];
		this.timeouts = [
			...this.settings.flatMap((settings) => this.#optionTimeouts(settings)),
			...urlOptions.flatMap((option) => this.#urlTimeouts(option)),
			...managers.flatMap((manager) => this.#managerTimeouts(manager)),
			...urlSettings.flatMap((setting) => this.#settingTimeouts(setting)),
		];
		this.ignored = [
			...this.settings.flatMap((settings) => ignoredOptions(linker, settings, workspace.packageOf(settings.file))),
			...urlOptions.flatMap((option) => this.#ignoredUrlOption(option)),
			...urlSettings.flatMap((setting) => this.#ignoredSetting(setting)),
		];
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
		const pkg = this.#prismaPackageFor(file);
		return pkg === null ? null : { package: pkg, driver: this.#urlDriver(pkg) };
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
			this.#hasAdapter(client) ||
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

	#hasAdapter(client: PoolOwner): boolean {
		return clientOptions(this.#context.linker, client, "adapter").length > 0;
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

	#optionNumbers(site: PoolSettings): PoolNumber[] {
		const origin: PoolOrigin = { k: "option", adapter: site.className };
		const pkg = this.#context.workspace.packageOf(site.file);
		const of = (bound: "max" | "min") => (option: OptionNumber) => poolNumber(option, bound, origin, site.driver, true, pkg);
		return [...site.max.map(of("max")), ...site.min.map(of("min"))];
	}

	#optionTimeouts(site: PoolSettings): PoolTimeout[] {
		const origin: PoolOrigin = { k: "option", adapter: site.className };
		const pkg = this.#context.workspace.packageOf(site.file);
		return site.timeouts.map(({ of, number }) => timeoutOf(of, placed(number), { origin, driver: site.driver, package: pkg }));
	}

	#urlNumber(option: OptionNumber): PoolNumber[] {
		if (!SIZE_PARAMETER.test(option.option)) return [];
		const pkg = this.#context.workspace.packageOf(option.file);
		const driver = this.#urlDriver(pkg);
		return [poolNumber(option, "max", { k: "url" }, driver, readsSize(driver, pkg, option.option), pkg)];
	}

	#urlTimeouts(option: OptionNumber): PoolTimeout[] {
		const pkg = this.#context.workspace.packageOf(option.file);
		const driver = this.#urlDriver(pkg);
		const of = driver === null ? undefined : urlTimeout(driver, option.option);
		return of === undefined ? [] : [timeoutOf(of, placed(option), { origin: { k: "url" }, driver, package: pkg })];
	}

	#ignoredUrlOption(option: OptionNumber): IgnoredSetting[] {
		const pkg = this.#context.workspace.packageOf(option.file);
		const driver = this.#urlDriver(pkg);
		if (driver === null || readsSize(driver, pkg, option.option)) return [];
		return ignoredParameter(driver, option.option, { place: placed(option).place, origin: { k: "url" }, package: pkg });
	}

	#managerNumbers(manager: Manager): PoolNumber[] {
		const origin: PoolOrigin = { k: "manager", className: manager.className };
		const pkg = this.#context.workspace.packageOf(manager.file);
		return [
			...manager.max.map((option) => poolNumber(option, "max", origin, null, true, pkg)),
			...manager.min.map((option) => poolNumber(option, "min", origin, null, true, pkg)),
		];
	}

	#managerTimeouts(manager: Manager): PoolTimeout[] {
		const owner = {
			origin: { k: "manager", className: manager.className } as const,
			driver: null,
			package: this.#context.workspace.packageOf(manager.file),
		};
		return manager.timeouts.map(({ kind, unit, number }) =>
			timeoutOf({ option: number.option, kind, unit, fallback: null, zero: "fallback" }, placed(number), owner),
		);
	}

	#settingNumber(setting: UrlSetting): PoolNumber[] {
		const pkg = SIZE_PARAMETER.test(setting.name) ? this.#prismaPackageFor(setting.file) : null;
		if (pkg === null) return [];
		const driver = this.#urlDriver(pkg);
		const honoured = readsSize(driver, pkg, setting.name);
		return [
			{
				value: setting.value,
				bound: "max",
				option: setting.name,
				place: settingPlace(setting),
				origin: settingOrigin(setting),
				environment: null,
				driver,
				honoured,
				package: pkg,
			},
		];
	}

	#settingTimeouts(setting: UrlSetting): PoolTimeout[] {
		const pkg = this.#prismaPackageFor(setting.file);
		const driver = pkg === null ? null : this.#urlDriver(pkg);
		const of = driver === null ? undefined : urlTimeout(driver, setting.name);
		if (pkg === null || of === undefined) return [];
		const written = { value: setting.value, environment: null, place: settingPlace(setting) };
		return [timeoutOf(of, written, { origin: settingOrigin(setting), driver, package: pkg })];
	}

	/** Only where every package that may read the file ignores it. */
	#ignoredSetting(setting: UrlSetting): IgnoredSetting[] {
		if (CLI_VARIABLE.test(setting.variable ?? "")) return [];
		const packages = this.#prismaPackagesFor(setting.file);
		const ignored = packages.map((pkg) => {
			const driver = this.#urlDriver(pkg);
			if (driver === null || readsSize(driver, pkg, setting.name)) return [];
			return ignoredParameter(driver, setting.name, { place: settingPlace(setting), origin: settingOrigin(setting), package: pkg });
		});
		return ignored.every((found) => found.length > 0) ? ignored.flat().slice(0, 1) : [];
	}

	#prismaPackageFor(file: string): Package | null {
		return this.#prismaPackagesFor(file)[0] ?? null;
	}

	/** An env file at the top of a repository serves the packages below it. */
	#prismaPackagesFor(file: string): readonly Package[] {
		const own = this.#context.workspace.packageOf(file);
		if (own.prismaFrom !== null) return [own];
		return this.#context.workspace.packages.filter(
			(pkg) => pkg.prismaFrom === pkg.dir && (own.dir === "" || pkg.dir.startsWith(`${own.dir}/`)),
		);
	}

	/** Who reads a database URL's parameters in a package: the Rust engine, unless its clients are built on an adapter. */
	#urlDriver(pkg: Package): PoolDriver | null {
		const clients = this.#context.clients.all.filter((client) => client.package.prismaFrom === pkg.prismaFrom && client.isApp);
		const news = clients.filter(({ kind }) => kind === "new");
		if (pkg.engine === "rust" && (clients.length === 0 || news.some((client) => !this.#hasAdapter(client)))) return RUST_POOL;
		const drivers = pkg.adapters.flatMap((name) => driverOfPackage(name) ?? []);
		return drivers[0] ?? (news.length === 0 && clients.some(isOrmPostgres) ? ORM_POSTGRES_POOL : null);
	}
}

function keyOf({ file, start, option }: OptionNumber): string {
	return `${file}:${start}:${option}`;
}

function isOrmPostgres({ client }: Client): boolean {
	return client.key === "@prisma/orm-postgres";
}

/** The options a client is built with: of the `new`, and of `super(…)` in the subclasses it is an instance of. */
export function optionsOf(linker: Linker, { client, file: ownFile, fact }: PoolOwner): Located[] {
	const own = fact?.args.slice(0, 1).map((expression) => ({ file: ownFile, expression, at: fact.function })) ?? [];
	const inherited = client.subclasses.flatMap(({ file, id }) => {
		const facts = linker.facts(file);
		const calls = facts?.calls.filter((call) => call.callee.k === "super" && facts.functions[call.function]?.classId === id) ?? [];
		return calls.flatMap((call) => call.args.slice(0, 1).map((expression) => ({ file, expression, at: call.function })));
	});
	return [...own, ...inherited];
}

/** What a client's options have under `key`. */
export function clientOptions(linker: Linker, client: PoolOwner, key: string): readonly Located[] {
	return optionsOf(linker, client).flatMap((options) => optionAt(linker, options, [key]));
}

function poolNumber(
	option: OptionNumber,
	bound: "max" | "min",
	origin: PoolOrigin,
	driver: PoolDriver | null,
	honoured: boolean,
	pkg: Package,
): PoolNumber {
	const { file, start, end, value, environment } = option;
	return {
		value,
		bound,
		option: option.option,
		place: { file, span: { start, end } },
		origin,
		environment,
		driver,
		honoured,
		package: pkg,
	};
}

type Written = Pick<PoolTimeout, "value" | "environment" | "place">;

function placed({ value, environment, file, start, end }: OptionNumber): Written {
	return { value, environment, place: { file, span: { start, end } } };
}

function timeoutOf(
	of: Omit<DriverTimeout, "fallback"> & { readonly fallback: number | null },
	written: Written,
	owner: Pick<PoolTimeout, "origin" | "driver" | "package">,
): PoolTimeout {
	const { option, kind, unit, fallback } = of;
	// A 0 that leaves the driver's way as it is sets nothing.
	const zero = of.zero === "for ever" ? Number.POSITIVE_INFINITY : 0;
	const milliseconds = written.value === 0 ? zero : written.value * unit;
	return { option, kind, unit, fallback, milliseconds, ...written, ...owner };
}

function settingPlace({ file, line, column, start, end }: UrlSetting): PoolNumber["place"] {
	return { file, range: { line, column, endLine: line, endColumn: column + end - start } };
}

function settingOrigin({ variable, example }: UrlSetting): PoolOrigin {
	return variable === null ? { k: "schema" } : { k: "env", variable, example };
}

/** Whether a URL parameter sizes the pool; Prisma's own engine takes the camel-case one from SQL Server's connection strings. */
function readsSize(driver: PoolDriver | null, pkg: Package, parameter: string): boolean {
	if (driver === null) return false;
	if (driver === RUST_POOL && pkg.schemas.some(({ provider }) => provider === "sqlserver")) return parameter === "connectionLimit";
	return driver.urlParameters.includes(parameter);
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
