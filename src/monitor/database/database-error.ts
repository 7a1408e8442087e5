/** A database that cannot be asked, in words for people and without anything of its URL. */
export class DatabaseError extends Error {
	override readonly name = "DatabaseError";
}

/** For a user of MySQL or MariaDB. */
export const NO_PRIVILEGE = "The database's user may not see transactions and other connections. Grant it the privilege PROCESS.";

const REASONS: Readonly<Record<string, string>> = {
	"28P01": "The database refused the password.",
	"28000": "The database refused the user.",
	"3D000": "The server has no database of that name.",
	"42501": "The database's user may not see other connections. Grant it the role pg_read_all_stats.",
	"53300": "The database takes no more connections.",
	ER_ACCESS_DENIED_ERROR: "The database refused the user or the password.",
	ER_DBACCESS_DENIED_ERROR: "The user may not use the database that the URL names.",
	ER_BAD_DB_ERROR: "The server has no database of that name.",
	ER_SPECIFIC_ACCESS_DENIED_ERROR: NO_PRIVILEGE,
	ER_CON_COUNT_ERROR: "The database takes no more connections.",
	ER_HOST_NOT_PRIVILEGED: "The database takes no connections from this machine.",
	ER_SECURE_TRANSPORT_REQUIRED: "The database takes encrypted connections only. Add sslaccept=strict to the URL.",
	HANDSHAKE_NO_SSL_SUPPORT: "The database takes no encrypted connections. Take the parameter for TLS out of the URL.",
	PROTOCOL_CONNECTION_LOST: "The database ended the connection.",
	ECONNREFUSED: "No database answers at the URL's host and port.",
	ENOTFOUND: "The URL's host is not known.",
	ETIMEDOUT: "The database does not answer.",
};

/** Messages of drivers and servers may hold names from the URL, so only the code is looked at. */
export function reasonOf(error: unknown): string {
	if (error instanceof DatabaseError) return error.message;
	const code = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
	const known = typeof code === "string" ? REASONS[code] : undefined;
	return known ?? `The database could not be asked${typeof code === "string" && /^\w{1,40}$/.test(code) ? ` (${code})` : ""}.`;
}
