import type { Leak } from "../../../src/extension/views/leak.js";

export const FOLDER = "file:///work/hotel";

/** A leak with what a test does not care about filled in. */
export function leak(given: Partial<Leak> = {}): Leak {
	return {
		folder: FOLDER,
		file: "src/rooms.ts",
		package: ".",
		rule: "multiple-clients",
		title: "Several PrismaClients side by side",
		severity: "error",
		message: "This is one of 2 PrismaClients in the same process.",
		fixable: true,
		saving: { megabytes: [3, 4], connections: 10, source: "measured on Prisma 7" },
		evidence: null,
		line: 1,
		column: 1,
		endLine: 1,
		endColumn: 5,
		...given,
	};
}

/** As many leaks as nobody reads: 17 rules, 400 files, 20 packages, the same ones every time. */
export function manyLeaks(count: number): readonly Leak[] {
	return Array.from({ length: count }, (_, index) =>
		leak({
			rule: `rule-${index % 17}`,
			title: `Rule ${index % 17}`,
			file: `packages/p${index % 20}/src/file${index % 400}.ts`,
			package: `packages/p${index % 20}`,
			severity: (["error", "warning", "info", "hint"] as const)[index % 4] ?? "hint",
			line: index + 1,
			endLine: index + 1,
			saving: index % 3 === 0 ? { megabytes: [index % 7, (index % 7) + 1], connections: null, source: "measured on Prisma 7" } : null,
		}),
	);
}
