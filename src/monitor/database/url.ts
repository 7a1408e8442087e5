/** Reads what is needed of a database's URL. Nothing here repeats it in a message. */

export type DatabaseServer = "PostgreSQL" | "MySQL";

export interface DatabaseUrl {
	/** MariaDB counts as MySQL: both are asked the same. */
	readonly server: DatabaseServer;
	readonly url: URL;
}

const SERVERS: Readonly<Record<string, DatabaseServer>> = {
	"postgresql:": "PostgreSQL",
	"postgres:": "PostgreSQL",
	"mysql:": "MySQL",
	"mariadb:": "MySQL",
};

const USUAL_PORTS: Readonly<Record<DatabaseServer, number>> = { PostgreSQL: 5432, MySQL: 3306 };

/** What a URL that can be used looks like, for people. */
export const URL_FORM = "It begins with postgresql://, mysql:// or mariadb://, and names a host.";

/** The URL of a database whose own view can be asked for; null for anything else. */
export function parseDatabaseUrl(text: string): DatabaseUrl | null {
	try {
		const url = new URL(text);
		const server = SERVERS[url.protocol];
		return server !== undefined && url.hostname !== "" ? { server, url } : null;
	} catch {
		return null;
	}
}

/** `host:port` */
export function endpointOf({ server, url: { hostname, port } }: DatabaseUrl): string {
	return `${hostname}:${port === "" ? USUAL_PORTS[server] : port}`;
}
