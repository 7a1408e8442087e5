import { within } from "../wait-for.js";
import { InspectorConnection } from "./connection.js";
import type { InspectorAddress } from "./endpoint-list.js";

const LAST_WORD_MS = 500;

/** Asks with one of the closing expressions. Also works on a blocked event loop: what was asked is done when it goes on, even if we have left by then. */
export async function closeInspectorAt(address: InspectorAddress, expression: string): Promise<void> {
	const connection = await InspectorConnection.open(address).catch(() => null);
	if (connection === null) return;
	await within(connection.evaluate(expression), LAST_WORD_MS).catch(() => null);
	connection.close();
}
