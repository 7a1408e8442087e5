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
}
