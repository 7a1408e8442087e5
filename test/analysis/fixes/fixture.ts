import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A small workspace before and after a fix, kept in one text file: `=== path` begins a file, `>>> path` what it becomes. */
export interface Fixture {
	readonly name: string;
	readonly kind: "ts-esm" | "ts-cjs" | "js-esm" | "js-cjs";
	/** `shared: src/lib/db.ts prisma`, `shared: src/db.ts getPrisma getPrisma()`; null creates the module. */
	readonly shared: { readonly file: string; readonly exportName: string; readonly call: string | null } | null;
	/** Files whose clients are replaced. */
	readonly fix: readonly string[];
	readonly classes: readonly string[];
	readonly title: string | null;
	readonly notes: readonly string[];
	readonly before: ReadonlyMap<string, string>;
	/** Files that change or come to be; all others stay. */
	readonly after: ReadonlyMap<string, string>;
}

const ROOT = join(import.meta.dirname, "../../fixtures/fixes/use-singleton");

export function readFixtures(): Fixture[] {
	const kinds = ["ts-esm", "ts-cjs", "js-esm", "js-cjs"] as const;
	return kinds.flatMap((kind) =>
		readdirSync(join(ROOT, kind))
			.sort()
			.map((file) => parseFixture(`${kind}/${file.replace(/\.txt$/, "")}`, kind, readFileSync(join(ROOT, kind, file), "utf8"))),
	);
}

export function parseFixture(name: string, kind: Fixture["kind"], text: string): Fixture {
	const [head = "", ...parts] = text.split(/^(?====|>>>)/m);
	const fields = [...head.matchAll(/^(\w+): (.*)$/gm)].map((match) => [match[1] ?? "", match[2] ?? ""] as const);
	const all = (field: string): string[] => fields.filter(([key]) => key === field).map(([, value]) => value);
	const [shared] = all("shared");
	const [file = "", exportName = "", ...call] = shared?.split(" ") ?? [];
	return {
		name,
		kind,
		shared: shared === undefined ? null : { file, exportName, call: call.length > 0 ? call.join(" ") : null },
		fix: all("fix"),
		classes: ["PrismaClient", ...all("class")],
		title: all("title")[0] ?? null,
		notes: all("note"),
		before: filesOf(parts, "==="),
		after: filesOf(parts, ">>>"),
	};
}

function filesOf(parts: readonly string[], mark: string): Map<string, string> {
	const files = parts
		.filter((part) => part.startsWith(mark))
		.map((part) => {
			const end = part.indexOf("\n");
			return [part.slice(mark.length, end).trim(), part.slice(end + 1)] as const;
		});
	return new Map(files);
}
