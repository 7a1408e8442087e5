import { driverOfPackage, ORM_POSTGRES_POOL, type PoolDriver, RUST_POOL } from "../cost/index.js";
import type { Client } from "../summaries/clients.js";
import type { Linker } from "../summaries/linker.js";
import type { Package, Workspace } from "../workspace/index.js";
import { clientOptions, type PoolOwner } from "./pool-owner.js";

/** Says who reads the parameters of a database URL. */
export class UrlReaders {
	constructor(
		private readonly workspace: Workspace,
		private readonly linker: Linker,
		private readonly clients: readonly Client[],
	) {}

	/** The package whose Prisma reads the URLs of a file; null where none does. */
	packageFor(file: string): Package | null {
		return this.packagesFor(file)[0] ?? null;
	}

	/** An env file at the top of a repository serves the packages below it. */
	packagesFor(file: string): readonly Package[] {
		const own = this.workspace.packageOf(file);
		if (own.prismaFrom !== null) return [own];
		return this.workspace.packages.filter((pkg) => pkg.prismaFrom === pkg.dir && (own.dir === "" || pkg.dir.startsWith(`${own.dir}/`)));
	}

	/** Who reads a database URL's parameters in a package: the Rust engine, unless its clients are built on an adapter. */
	driverOf(pkg: Package): PoolDriver | null {
		const clients = this.clients.filter((client) => client.package.prismaFrom === pkg.prismaFrom && client.isApp);
		const news = clients.filter(({ kind }) => kind === "new");
		if (pkg.engine === "rust" && (clients.length === 0 || news.some((client) => !this.hasAdapter(client)))) return RUST_POOL;
		const drivers = pkg.adapters.flatMap((name) => driverOfPackage(name) ?? []);
		return drivers[0] ?? (news.length === 0 && clients.some(isOrmPostgres) ? ORM_POSTGRES_POOL : null);
	}

	hasAdapter(client: PoolOwner): boolean {
		return clientOptions(this.linker, client, "adapter").length > 0;
	}
}

function isOrmPostgres({ client }: Client): boolean {
	return client.key === "@prisma/orm-postgres";
}

/** Whether a URL parameter sizes the pool; Prisma's own engine takes the camel-case one from SQL Server's connection strings. */
export function readsSize(driver: PoolDriver | null, pkg: Package, parameter: string): boolean {
	if (driver === null) return false;
	if (driver === RUST_POOL && pkg.schemas.some(({ provider }) => provider === "sqlserver")) return parameter === "connectionLimit";
	return driver.urlParameters.includes(parameter);
}
