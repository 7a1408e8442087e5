/** What may be kept of a database URL: numbers with their places, and where the server listens. Never the URL itself. */
export interface UrlReading {
	readonly settings: readonly { readonly name: string; readonly value: number; readonly start: number; readonly end: number }[];
	/** host:port, null when it cannot be told (a variable, a socket, a file). */
	readonly endpoint: string | null;
	readonly scheme: string;
	/** Offsets of the URL in its file's text. */
	readonly start: number;
	readonly end: number;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
	postgres: 5432,
	postgresql: 5432,
	mysql: 3306,
	mariadb: 3306,
	sqlserver: 1433,
	mongodb: 27017,
	cockroachdb: 26257,
};

/** Reads a URL that starts at `offset` of its file; null when it is not one. */
export function readUrl(url: string, offset: number): UrlReading | null {
	const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
	if (scheme === undefined) return null;
	return { scheme, endpoint: endpointOf(url, scheme), settings: settingsOf(url, offset, scheme), start: offset, end: offset + url.length };
}

function settingsOf(url: string, offset: number, scheme: string): UrlReading["settings"] {
	const separator = scheme === "sqlserver" ? ";" : "?";
	const query = url.indexOf(separator);
	if (query < 0) return [];
	const found = [];
	const setting = /(?<=[?&;])([A-Za-z_][\w ]*)=(\d+)(?=[&;#\s]|$)/g;
	setting.lastIndex = query;
	for (let match = setting.exec(url); match !== null; match = setting.exec(url)) {
		const [whole, name = "", digits = ""] = match;
		const start = offset + match.index + whole.length - digits.length;
		found.push({ name, value: Number(digits), start, end: start + digits.length });
	}
	return found;
}

/** A password with an unescaped `/` would make its head look like a host; then there is no endpoint. */
function endpointOf(url: string, scheme: string): string | null {
	const port = DEFAULT_PORTS[scheme];
	const authority = /^[a-z0-9+.-]+:\/\/([^/?#;]*)([^?#;]*)/i.exec(url);
	if (port === undefined || authority === null || authority[2]?.includes("@")) return null;
	const host = (authority[1] ?? "").split("@").at(-1) ?? "";
	const match = /^([A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9a-fA-F:]+\])(?::(\d{1,5}))?$/.exec(host);
	return match === null ? null : `${match[1]}:${match[2] ?? port}`;
}
