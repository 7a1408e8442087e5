import type { Generator } from "../workspace/types.js";

/** Where an import leads. */
export type Resolution =
	| { readonly kind: "file"; readonly path: string }
	/** A package outside the workspace: `@prisma/client`, subpath "" or "edge". */
	| { readonly kind: "package"; readonly name: string; readonly subpath: string }
	/** A client that a generator of the workspace writes; it need not exist on disk yet. */
	| { readonly kind: "generated"; readonly generator: Generator; readonly schema: string }
	| { readonly kind: "unresolved" };

export interface Resolver {
	/** Resolves as Node and TypeScript do: relative paths, tsconfig `paths` and `baseUrl`, package `imports` and `exports`, workspaces. Never throws. */
	resolve(fromFile: string, specifier: string): Resolution;
	/**
	 * How `fromFile` would import `toFile`, in the style it already uses: alias or relative, with or without an ending, or the name of
	 * a workspace package it depends on. `toFile` need not be there yet. Null when no import it could write leads there.
	 */
	specifierFor(fromFile: string, toFile: string): string | null;
}

/** Text of a file by its path relative to the root; undefined when there is none. */
export type ReadText = (path: string) => string | undefined;
