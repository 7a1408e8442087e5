import type { Settings } from "../../config/index.js";
import type { Span } from "../facts/types.js";
import type { Package } from "../workspace/types.js";
import type { Repair } from "./kind.js";

/** What a fix asks of the workspace. Paths are relative to the root, with `/`. */
export interface FixWorkspace {
	/** How `fromFile` writes an import of `toFile`, which need not exist yet; null when no import of it would do. */
	specifierFor(fromFile: string, toFile: string): string | null;
	/** The workspace file an import leads to; null for packages and what does not resolve. */
	resolveImport(fromFile: string, specifier: string): string | null;
	fileExists(path: string): boolean;
	directoryExists(path: string): boolean;
	/** Whether loading `fromFile` loads `toFile`, directly or through others. */
	reaches(fromFile: string, toFile: string): boolean;
	/** App files that import `file` and call a `$disconnect`. */
	closersBeyond(file: string): readonly string[];
	/** Files that import `file` and name `name`. */
	usersOf(file: string, name: string): readonly string[];
	/** Texts of the tests that load `file`, directly or through others, by path. */
	testsOf(file: string): ReadonlyMap<string, string>;
	/** Sources whose text holds `word`. */
	filesWith(word: string): readonly string[];
}

/** The class a client is made of. */
export interface FixedClass {
	/** Clients of different databases have different keys. */
	readonly key: string;
	/** The workspace's own class, when it is one that extends PrismaClient. */
	readonly subclass: {
		readonly name: string;
		/** Methods and fields it adds to PrismaClient, its constructor left out. */
		readonly members: readonly string[];
	} | null;
}

/** The client that the others should use. */
export interface SharedClient {
	readonly file: string;
	readonly text: string;
	/** Name it is exported under: `prisma`, `default`, or `export=` for `module.exports = prisma`. */
	readonly exportName: string;
	/** `value`: the export is the client. Otherwise the expression that yields it, beginning with the export's name: `getPrisma()`. */
	readonly access: "value" | { readonly call: string };
	/** Its `new PrismaClient(…)` in `text`, to compare options; null when it is not one plain `new`. */
	readonly newSpan: Span | null;
	readonly client: FixedClass;
}

/** One client to replace by the shared one. */
export interface UseSingletonRequest {
	readonly file: string;
	readonly text: string;
	/** The `new PrismaClient(…)`, or `new` of a subclass, to replace. */
	readonly newSpan: Span;
	readonly package: Package;
	readonly client: FixedClass;
	/** Null when the workspace has none: the fix creates it. */
	readonly shared: SharedClient | null;
	readonly workspace: FixWorkspace;
	readonly settings: Pick<Settings, "profile" | "singletonStyle">;
}

export interface RefusedRequest {
	readonly request: UseSingletonRequest;
	readonly reason: string;
}

export interface UseSingletonAll {
	/** Null when none can be replaced. */
	readonly repair: Repair | null;
	readonly refused: readonly RefusedRequest[];
}

/** Why a machine should not make this change; it becomes the refusal the reader sees. */
export class Refusal extends Error {
	override readonly name = "Refusal";
}
