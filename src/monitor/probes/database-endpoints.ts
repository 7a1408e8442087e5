import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { canonicalAddress, parseEndpoint } from "../endpoint.js";
import { within } from "../wait-for.js";

const LOOKUP_TIMEOUT_MS = 2_000;

/** Ports that the databases Prisma speaks to, and their poolers, use by convention. */
const WELL_KNOWN_PORTS: ReadonlySet<number> = new Set([
	5432, // PostgreSQL
	5433, // YugabyteDB, and the usual port of a second PostgreSQL
	6432, // PgBouncer
	6543, // Supabase's pooler
	3306, // MySQL, MariaDB, PlanetScale
	1433, // SQL Server
	26257, // CockroachDB
	27017, // MongoDB, and its shards
	27018,
	27019,
]);

/** Tells database endpoints from others: by well-known port, or because the user named them. */
export class DatabaseEndpoints {
	private constructor(
		private readonly ports: ReadonlySet<number>,
		private readonly endpoints: ReadonlySet<string>,
	) {}

	/** Takes `host:port` and bare ports. A host that cannot be resolved here counts by its port alone: the target may know it under another name server. */
	static from(configured: readonly string[]): Promise<DatabaseEndpoints> {
		return DatabaseEndpoints.resolve(configured, WELL_KNOWN_PORTS);
	}

	/** Knows no other endpoint than this one. */
	static only(endpoint: string): Promise<DatabaseEndpoints> {
		return DatabaseEndpoints.resolve([endpoint], new Set());
	}

	private static async resolve(configured: readonly string[], knownPorts: ReadonlySet<number>): Promise<DatabaseEndpoints> {
		const ports = new Set(knownPorts);
		const endpoints = new Set<string>();
		await Promise.all(
			configured.map(async (text) => {
				const endpoint = parseEndpoint(text);
				if (endpoint === null) return;
				const addresses = endpoint.host === null ? [] : await addressesOf(endpoint.host);
				if (addresses.length === 0) ports.add(endpoint.port);
				for (const { address } of addresses) endpoints.add(key(address, endpoint.port));
			}),
		);
		return new DatabaseEndpoints(ports, endpoints);
	}

	kindOf(address: string, port: number): "database" | "other" {
		return this.ports.has(port) || this.endpoints.has(key(address, port)) ? "database" : "other";
	}
}

async function addressesOf(host: string): Promise<readonly LookupAddress[]> {
	const found = await within(lookup(host, { all: true }), LOOKUP_TIMEOUT_MS).catch(() => null);
	return found ?? [];
}

function key(address: string, port: number): string {
	return `${canonicalAddress(address)} ${port}`;
}
