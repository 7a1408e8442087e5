import type { DatabaseView } from "../../protocol/index.js";

/** For connecting and for each question, milliseconds. */
export const TIMEOUT_MS = 5_000;

/** How our own connection names itself to the database. */
export const APPLICATION_NAME = "prisma-leak-lens";

/** One connection of our own to a database server, to ask it about those of a process. */
export interface ServerView {
	/** Called once when the connection is lost, with the reason in words for people. */
	onLost: (reason: string) => void;
	/** The server's connections with these local ports of the process. */
	look(ports: readonly number[]): Promise<DatabaseView>;
	close(): void;
}

/** The greatest of the ages among a server's answers, in milliseconds; null when there is none. */
export function oldestOf(answers: readonly unknown[]): number | null {
	const ages = answers.filter((age): age is number => typeof age === "number" && Number.isFinite(age));
	return ages.length === 0 ? null : Math.max(0, ...ages);
}
