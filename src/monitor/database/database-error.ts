/** A database that cannot be asked, in words for people and without anything of its URL. */
export class DatabaseError extends Error {
	override readonly name = "DatabaseError";
}

const REASONS: Readonly<Record<string, string>> = {
	"28P01": "The database refused the password.",
	"28000": "The database refused the user.",
	"3D000": "The server has no database of that name.",
	"42501": "The database's user may not see other connections. Grant it the role pg_read_all_stats.",
	"53300": "The database takes no more connections.",
	ECONNREFUSED: "No database answers at the URL's host and port.",
	ENOTFOUND: "The URL's host is not known.",
	ETIMEDOUT: "The database does not answer.",
};

/** Messages of drivers and servers may hold names from the URL, so only the code is looked at. */
export function reasonOf(error: unknown): string {
	if (error instanceof DatabaseError) return error.message;
	const code = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
	const known = typeof code === "string" ? REASONS[code] : undefined;
	return known ?? `The database could not be asked${typeof code === "string" && /^\w{1,20}$/.test(code) ? ` (${code})` : ""}.`;
}
