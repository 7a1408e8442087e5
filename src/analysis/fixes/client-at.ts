import type { Finding } from "../../protocol/index.js";
import type { Client } from "../summaries/clients.js";
import { findingAt } from "./finding-place.js";
import type { FixContext } from "./kind.js";
import { Refusal } from "./types.js";

/** The client that a finding stands at. @throws a `Refusal` when none is made there any more. */
export function clientAt(finding: Finding, { model }: FixContext): Client {
	const client = model.clients.all.find(({ file, head }) => findingAt(finding, { file, span: head }, model));
	if (!client) throw new Refusal("No client is made at this place any more.");
	return client;
}
