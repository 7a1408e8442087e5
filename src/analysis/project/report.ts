import { type CheckReport, type Finding, type PrismaPackage, severityCounts, type UnreadFile } from "../../protocol/index.js";
import type { Workspace } from "../workspace/index.js";

export interface ReportInput {
	readonly root: string;
	readonly workspace: Workspace | null;
	readonly unread: readonly UnreadFile[];
	readonly analysed: number;
	readonly findings: readonly Finding[];
	readonly suppressed: number;
	readonly timing: Readonly<Record<string, number>>;
}

export function buildReport(input: ReportInput): CheckReport {
	return {
		version: 1,
		root: input.root,
		prisma: prismaPackages(input.workspace),
		findings: input.findings,
		unread: input.unread,
		summary: {
			files: input.workspace?.sources.length ?? 0,
			packages: input.workspace?.packages.length ?? 0,
			analysed: input.analysed,
			...severityCounts(input.findings),
			suppressed: input.suppressed,
		},
		timing: { ...input.timing, total: Object.values(input.timing).reduce((sum, ms) => sum + ms, 0) },
	};
}

function prismaPackages(workspace: Workspace | null): PrismaPackage[] {
	return (workspace?.packages ?? [])
		.filter((owner) => owner.prismaFrom === owner.dir && owner.prismaVersion !== null)
		.map((owner) => ({ package: owner.dir || ".", version: owner.prismaVersion, engine: owner.engine, adapters: owner.adapters }));
}
