import { chmod, mkdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

interface Staged {
	readonly target: string;
	readonly temporary: string;
	/** What the target held; null when it is new. */
	readonly before: Buffer | null;
}

/**
 * Writes all files or none: each is written in full beside its place first, then all are moved there. When a move fails, the files
 * that were moved get their old content back. Links stay links, and files keep their mode.
 * @throws the first failure, after what was done has been undone.
 */
export async function writeFiles(files: ReadonlyMap<string, string>): Promise<void> {
	const staged: Staged[] = [];
	const moved: Staged[] = [];
	try {
		for (const [path, text] of files) staged.push(await stage(path, text));
		for (const file of staged) {
			await rename(file.temporary, file.target);
			moved.push(file);
		}
	} catch (error) {
		for (const file of moved) await restore(file);
		throw error;
	} finally {
		for (const { temporary } of staged) await rm(temporary, { force: true });
	}
}

async function stage(path: string, text: string): Promise<Staged> {
	await mkdir(dirname(path), { recursive: true });
	const target = await realpath(path).catch(() => path);
	const mode = await stat(target).then(
		(found) => found.mode,
		() => null,
	);
	const before = mode === null ? null : await readFile(target);
	const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
	try {
		await writeFile(temporary, text);
		if (mode !== null) await chmod(temporary, mode);
	} catch (error) {
		await rm(temporary, { force: true });
		throw error;
	}
	return { target, temporary, before };
}

async function restore({ target, before }: Staged): Promise<void> {
	if (before === null) await rm(target, { force: true });
	else await writeFile(target, before);
}
