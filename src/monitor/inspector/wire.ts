import type { Closing } from "./connection.js";

/** What carries the messages of one connection, as texts. */
export interface Wire {
	/** Resolves once, when nothing is carried any more; never rejects. */
	readonly ended: Promise<Closing>;
	/** Called once, with what takes every message to come. */
	listen(receive: (text: string) => void): void;
	/** @returns whether it could be sent */
	send(text: string): boolean;
	/** `closing` is why, unless it ended before. */
	end(closing: Closing): void;
}
