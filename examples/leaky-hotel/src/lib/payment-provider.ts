import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

/** Stands for the card provider's API, which answers in about a second. */
export async function chargeCard(guestEmail: string, amount: number): Promise<string> {
	await sleep(900);
	return `${guestEmail}-${amount}-${randomUUID()}`;
}
