import { stat } from "node:fs/promises";
import { resolve } from "node:path";

/** A command line that asks for something there is not; the message says what would do. */
export class UsageError extends Error {}

/** The one folder a command works on, as an absolute path. @throws UsageError when there is none, or several, or it is no folder. */
export async function folderOf(positionals: readonly string[]): Promise<string> {
	const [folder, ...others] = positionals;
	if (folder === undefined) throw new UsageError('Say which folder, such as ".".');
	if (others.length > 0) throw new UsageError(`One folder at a time; ${others.join(", ")} came on top.`);
	const path = resolve(folder);
	const isFolder = await stat(path).then(
		(found) => found.isDirectory(),
		() => false,
	);
	if (!isFolder) throw new UsageError(`${path} is not a folder.`);
	return path;
}

/** Runs a parser of flags; what it does not know becomes a UsageError. */
export function parseFlags<T>(parse: () => T): T {
	try {
		return parse();
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

/** The choice that a flag's value names. @throws UsageError with all choices when it names none. */
export function parseChoice<T extends string>(flag: string, value: string, choices: readonly T[]): T {
	const chosen = choices.find((choice) => choice === value);
	if (chosen !== undefined) return chosen;
	const all = `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`;
	throw new UsageError(`${flag} is ${all}, not "${value}".`);
}
