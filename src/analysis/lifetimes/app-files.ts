import type { Model } from "../rules/types.js";

/** Sources that run on a server in production and belong to a package that uses Prisma. */
export function appFiles({ files, workspace, linker }: Model): readonly string[] {
	return files.filter(
		(file) =>
			workspace.roleOf(file) === "app" &&
			workspace.packageOf(file).prismaFrom !== null &&
			linker.facts(file)?.directive !== "use client" &&
			!/\.d\.[mc]?ts$/.test(file),
	);
}
