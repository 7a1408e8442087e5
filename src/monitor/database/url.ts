/** Reads what is needed of a database's URL. Nothing here repeats it in a message. */

/** The URL of a PostgreSQL database; null for anything else. */
export function parsePostgresUrl(text: string): URL | null {
	try {
		const url = new URL(text);
		return /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== "" ? url : null;
	} catch {
		return null;
	}
}

/** `host:port` */
export function endpointOf({ hostname, port }: URL): string {
	return `${hostname}:${port === "" ? 5432 : port}`;
}
