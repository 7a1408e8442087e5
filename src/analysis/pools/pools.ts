import { driverOfPackage, type PoolDriver, RUST_POOL } from "../cost/index.js";
import type { Client } from "../summaries/clients.js";
import type { Linker } from "../summaries/linker.js";
import type { Package, UrlSetting, Workspace } from "../workspace/index.js";
import { type AdapterSite, adaptersIn, type OptionNumber } from "./adapters.js";
import { managersIn } from "./managers.js";
import { type Located, optionAt } from "./option-values.js";
import type { Pool, PoolNumber, PoolOrigin, PoolSize } from "./types.js";
import { urlNumbersIn } from "./url-numbers.js";

/** What pools are looked for in. */
export interface PoolContext {
	readonly workspace: Workspace;
	readonly linker: Linker;
	/** Files that name a driver adapter or a URL parameter that sizes a pool. */
	readonly files: readonly string[];
	readonly clients: { readonly all: readonly Client[] };
}

/** What opens a pool: a client that is made, or a client class that a framework's container builds. */
export type PoolOwner = Pick<Client, "file" | "package" | "client"> & Partial<Pick<Client, "fact">>;

/** The pools of a workspace: every number that sizes one, and the pool behind each client. */
export class Pools {
	readonly numbers: readonly PoolNumber[];
	readonly #adapters: ReadonlyMap<string, AdapterSite>;
	readonly #context: PoolContext;

	constructor(context: PoolContext) {
		this.#context = context;
		const { workspace, linker } = context;
		const isApp = (file: string): boolean => workspace.roleOf(file) === "app" && workspace.packageOf(file).prismaFrom !== null;
		const files = context.files.filter(isApp);
		const withClients = [...new Set(context.clients.all.map((client) => client.file))].filter(isApp);
		this.#adapters = new Map(files.flatMap((file) => adaptersIn(linker, file)).map((site) => [`${site.file}:${site.id}`, site]));
		this.numbers = [
			...[...this.#adapters.values()].flatMap((site) => this.#adapterNumbers(site)),
			...files.flatMap((file) => this.#urlNumbers(file)),
			...withClients.flatMap((file) => this.#managerNumbers(file)),
			...workspace.urlSettings.flatMap((setting) => this.#settingNumber(setting)),
		];
	}

	/** The pool a client opens; null where it opens none (HTTP, SQLite) or nothing is known. */
	poolOf(client: PoolOwner): Pool | null {
		const site = this.#adapterOf(client);
		if (site !== null) return { driver: site.driver, size: this.#adapterSize(site) };
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

	#adapterOf(client: PoolOwner): AdapterSite | null {
		for (const options of optionsOf(this.#context.linker, client)) {
			for (const { file, expression, at } of optionAt(this.#context.linker, options, ["adapter"])) {
				for (const value of this.#context.linker.values(file, expression, at)) {
					const site = value.k === "instance" && value.id !== null ? this.#adapters.get(`${value.file}:${value.id}`) : undefined;
					if (site !== undefined) return site;
				}
			}
		}
		return null;
	}

	#hasAdapter(client: PoolOwner): boolean {
		return optionsOf(this.#context.linker, client).some((options) => optionAt(this.#context.linker, options, ["adapter"]).length > 0);
	}

	#adapterSize(site: AdapterSite): PoolSize {
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

	#adapterNumbers(site: AdapterSite): PoolNumber[] {
		const origin: PoolOrigin = { k: "option", adapter: site.className };
		const pkg = this.#context.workspace.packageOf(site.file);
		const of = (bound: "max" | "min") => (option: OptionNumber) => poolNumber(option, bound, origin, site.driver, true, pkg);
		return [...site.max.map(of("max")), ...site.min.map(of("min"))];
	}

	#urlNumbers(file: string): PoolNumber[] {
		const pkg = this.#context.workspace.packageOf(file);
		const driver = this.#urlDriver(pkg);
		return urlNumbersIn(this.#context.linker, file).map((option) =>
			poolNumber(option, "max", { k: "url" }, driver, driver?.urlParameters.includes(option.option) ?? false, pkg),
		);
	}

	#managerNumbers(file: string): PoolNumber[] {
		const pkg = this.#context.workspace.packageOf(file);
		const creations = this.#context.clients.all.filter((client) => client.file === file);
		return managersIn(this.#context.linker, file, creations).flatMap((manager) => {
			const origin: PoolOrigin = { k: "manager", className: manager.className };
			return [
				...manager.max.map((option) => poolNumber(option, "max", origin, null, true, pkg)),
				...manager.min.map((option) => poolNumber(option, "min", origin, null, true, pkg)),
			];
		});
	}

	#settingNumber(setting: UrlSetting): PoolNumber[] {
		if (!/^(connection_limit|connectionLimit)$/.test(setting.name) || this.#context.workspace.roleOf(setting.file) === "test") return [];
		const pkg = this.#prismaPackageFor(setting.file);
		if (pkg === null) return [];
		const driver = this.#urlDriver(pkg);
		const { file, line, column, variable, value } = setting;
		const range = { line, column, endLine: line, endColumn: column + setting.end - setting.start };
		const origin: PoolOrigin = variable === null ? { k: "schema" } : { k: "env", variable, example: setting.example };
		const honoured = driver?.urlParameters.includes(setting.name) ?? false;
		return [
			{ value, bound: "max", option: setting.name, place: { file, range }, origin, environment: null, driver, honoured, package: pkg },
		];
	}

	/** An env file at the top of a repository serves the packages below it. */
	#prismaPackageFor(file: string): Package | null {
		const own = this.#context.workspace.packageOf(file);
		if (own.prismaFrom !== null) return own;
		const below = this.#context.workspace.packages.find(
			(pkg) => pkg.prismaFrom === pkg.dir && (own.dir === "" || pkg.dir.startsWith(`${own.dir}/`)),
		);
		return below ?? null;
	}

	/** Who reads a database URL's parameters in a package: the Rust engine, unless its clients are built on an adapter. */
	#urlDriver(pkg: Package): PoolDriver | null {
		const clients = this.#context.clients.all.filter((client) => client.package.prismaFrom === pkg.prismaFrom && client.isApp);
		if (pkg.engine === "rust" && (clients.length === 0 || clients.some((client) => !this.#hasAdapter(client)))) return RUST_POOL;
		const drivers = pkg.adapters.flatMap((name) => driverOfPackage(name) ?? []);
		return drivers[0] ?? null;
	}
}

/** The options a client is built with: of the `new`, and of `super(…)` in the subclasses it is an instance of. */
function optionsOf(linker: Linker, { client, file: ownFile, fact }: PoolOwner): Located[] {
	const own = fact?.args.slice(0, 1).map((expression) => ({ file: ownFile, expression, at: fact.function })) ?? [];
	const inherited = client.subclasses.flatMap(({ file, id }) => {
		const facts = linker.facts(file);
		const calls = facts?.calls.filter((call) => call.callee.k === "super" && facts.functions[call.function]?.classId === id) ?? [];
		return calls.flatMap((call) => call.args.slice(0, 1).map((expression) => ({ file, expression, at: call.function })));
	});
	return [...own, ...inherited];
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
