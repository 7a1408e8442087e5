import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openProject } from "../../src/analysis/index.js";
import { DEFAULT_SETTINGS, type Settings } from "../../src/config/index.js";
import type { Finding } from "../../src/protocol/index.js";

/** A workspace as text by path. Without a `package.json` it is an Express app on Prisma 6 (ESM). */
export type Files = Readonly<Record<string, string>>;

export const PRISMA_6 = '{"name":"app","type":"module","dependencies":{"@prisma/client":"6.12.0","express":"5.0.0"}}';
export const PRISMA_7 =
	'{"name":"app","type":"module","dependencies":{"@prisma/client":"7.10.0","@prisma/adapter-pg":"7.10.0","express":"5.0.0"}}';

/** Writes the files to a folder of their own, checks them as the command line does, and takes the folder away. */
export async function check(files: Files, settings: Settings = DEFAULT_SETTINGS): Promise<readonly Finding[]> {
	const root = await mkdtemp(join(tmpdir(), "leak-lens-"));
	try {
		for (const [path, text] of Object.entries({ "package.json": PRISMA_6, ...files })) {
			await mkdir(dirname(join(root, path)), { recursive: true });
			await writeFile(join(root, path), text);
		}
		const project = openProject(root, settings);
		await project.scan();
		return project.findings();
	} finally {
		await rm(root, { recursive: true, force: true });
	}
}

/** `src/a.ts:3` for every finding of a rule, in order. */
export function places(findings: readonly Finding[], rule: string): readonly string[] {
	return findings.filter((finding) => finding.rule === rule).map((finding) => `${finding.file}:${finding.line}`);
}
