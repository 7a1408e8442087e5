import { lookup } from "node:dns/promises";
import { isLoopback } from "../endpoint.js";
import { AttachError } from "./attach-error.js";

/** IP addresses of a host, in the system's order. Rejects with an `AttachError` when one lies outside this machine and that is not allowed. */
export async function resolveHost(host: string, allowRemote: boolean): Promise<readonly string[]> {
	const found = await lookup(host, { all: true }).catch(() => []);
	if (found.length === 0) throw new AttachError(`The host "${host}" is not known.`, "Check its spelling, or use its IP address.");
	if (!allowRemote && !found.every(({ address }) => isLoopback(address)))
		throw new AttachError(
			`"${host}" is another machine, and only this one may be attached to.`,
			"Forward the port to this machine (ssh -L 9229:127.0.0.1:9229 HOST) and attach to 127.0.0.1:9229, or allow remote hosts in the settings.",
		);
	return found.map(({ address }) => address);
}
