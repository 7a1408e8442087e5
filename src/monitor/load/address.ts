import { lookup } from "node:dns/promises";
import { isLoopback } from "../endpoint.js";

/** Why load may not go to an address, in words for people; null when it is one of this machine. */
export async function loadAddressProblem(text: string): Promise<string | null> {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url === null || !/^https?:$/.test(url.protocol)) return "Type an address such as http://127.0.0.1:3000/rooms.";
	if (url.username !== "" || url.password !== "") return "Leave out user and password: the address is shown in the report.";
	const host = url.hostname.replace(/^\[|\]$/g, "");
	const found = await lookup(host, { all: true }).catch(() => []);
	if (found.length === 0) return `The host "${host}" is not known.`;
	if (!found.every(({ address }) => isLoopback(address))) return `"${host}" is another machine. Load goes to this one only.`;
	return null;
}
