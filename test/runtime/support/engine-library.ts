import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The name that Prisma's query engine has up to version 6. */
const NAME = "libquery_engine-debian-openssl-3.0.x.so.node";

export interface EngineLibrary {
	readonly file: string;
	remove(): Promise<void>;
}

/** A native addon written in Rust under the name of Prisma's engine, which npm does not carry. */
export async function engineLibrary(): Promise<EngineLibrary> {
	const addon = createRequire(import.meta.url).resolve(`@rolldown/binding-linux-${process.arch}-gnu`);
	const folder = await mkdtemp(join(tmpdir(), "leak-lens-engine-"));
	const file = join(folder, NAME);
	await copyFile(addon, file);
	return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}
