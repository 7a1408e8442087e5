import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SingletonStyle } from "../../../src/config/index.js";
import { fixtureFiles } from "../../support/fixture-files.js";

export const KINDS = ["ts-esm", "ts-cjs", "js-esm", "js-cjs"] as const;

/** A small workspace before and after a fix, kept in one text file: `=== path` begins a file, `>>> path` what it becomes. */
export interface Fixture {
	/** `set-pool-size/ts-esm/adapter` */
	readonly name: string;
	readonly kind: (typeof KINDS)[number];
	readonly title: string | null;
	readonly notes: readonly string[];
	/** Reasons for what is left alone, or their beginnings. */
	readonly refused: readonly string[];
	readonly before: ReadonlyMap<string, string>;
	/** Files that change or come to be; all others stay. */
	readonly after: ReadonlyMap<string, string>;
}

export interface SingletonFixture extends Fixture {
	/** `shared: src/lib/db.ts prisma`, `shared: src/db.ts getPrisma getPrisma()`; null creates the module. */
	readonly shared: { readonly file: string; readonly exportName: string; readonly call: string | null } | null;
	/** Files whose clients are replaced. */
	readonly fix: readonly string[];
	readonly classes: readonly string[];
	/** `style: manager` */
	readonly style: SingletonStyle;
}

const ROOT = join(import.meta.dirname, "../../fixtures/fixes");

/** The fixtures of a fix, as its folder has them. */
export function readFixtures(fix: string): Fixture[] {
	return textsOf(fix).map(({ name, kind, text }) => parseFixture(name, kind, text));
}

export function readSingletonFixtures(): SingletonFixture[] {
	return textsOf("use-singleton").map(({ name, kind, text }) => {
		const all = fieldsOf(text);
		const [shared] = all("shared");
		const [file = "", exportName = "", ...call] = shared?.split(" ") ?? [];
		return {
			...parseFixture(name, kind, text),
			shared: shared === undefined ? null : { file, exportName, call: call.length > 0 ? call.join(" ") : null },
			fix: all("fix"),
			classes: ["PrismaClient", ...all("class")],
			style: all("style").includes("manager") ? "manager" : "globalThis",
		};
	});
}

function textsOf(fix: string) {
	return KINDS.flatMap((kind) =>
		readdirSync(join(ROOT, fix, kind))
			.sort()
			.map((file) => ({
				kind,
				name: `${fix}/${kind}/${file.replace(/\.txt$/, "")}`,
				text: readFileSync(join(ROOT, fix, kind, file), "utf8"),
			})),
	);
}

function parseFixture(name: string, kind: Fixture["kind"], text: string): Fixture {
	const all = fieldsOf(text);
	return {
		name,
		kind,
		title: all("title")[0] ?? null,
		notes: all("note"),
		refused: all("refused"),
		before: fixtureFiles(text),
		after: fixtureFiles(text, ">>>"),
	};
}

function fieldsOf(text: string): (field: string) => string[] {
	const [head = ""] = text.split(/^(?====|>>>)/m);
	const fields = [...head.matchAll(/^(\w+): (.*)$/gm)].map((match) => [match[1] ?? "", match[2] ?? ""] as const);
	return (field) => fields.filter(([key]) => key === field).map(([, value]) => value);
}
