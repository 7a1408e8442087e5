import type { FileModel } from "../rules/types.js";

/** Whether a source runs on a server in production and belongs to a package that uses Prisma. */
export function isAppFile({ workspace, linker }: FileModel, file: string): boolean {
	return (
		workspace.roleOf(file) === "app" &&
		workspace.packageOf(file).prismaFrom !== null &&
		linker.facts(file)?.directive !== "use client" &&
		!/\.d\.[mc]?ts$/.test(file)
	);
}
