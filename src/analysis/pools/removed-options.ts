import type { Span } from "../facts/index.js";
import type { Model } from "../rules/types.js";
import { optionsOf, type PoolOwner } from "./pool-owner.js";

/** An option of `new PrismaClient({…})` that this version's constructor does not have any more. */
export interface RemovedOption {
	readonly file: string;
	readonly option: string;
	readonly span: Span;
	readonly major: number;
}

/** Prisma 7 takes the URL from an adapter. */
const REMOVED_IN_7: ReadonlySet<string> = new Set(["datasources", "datasourceUrl"]);

export function findRemovedOptions({ linker, clients, workspace }: Pick<Model, "linker" | "clients" | "workspace">): RemovedOption[] {
	const services = clients.provided.map(({ file, client }): PoolOwner => ({ file, client, package: workspace.packageOf(file) }));
	return [...clients.all, ...services].flatMap((owner) => {
		const major = owner.package.prismaMajor;
		if (major === null || major < 7 || workspace.roleOf(owner.file) !== "app") return [];
		return optionsOf(linker, owner).flatMap(({ file, expression, at }) =>
			linker.values(file, expression, at).flatMap((value) => {
				if (value.k !== "object") return [];
				return value.expression.entries
					.filter(({ key }) => REMOVED_IN_7.has(key))
					.map(({ key, keySpan }) => ({ file: value.file, option: key, span: keySpan, major }));
			}),
		);
	});
}
