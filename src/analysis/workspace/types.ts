/** What is known of a workspace before any source is parsed: plain data. Paths are relative to the root, with `/`. */

/** What a file is for, read off its path and its package. Only `app` files leak in production. */
export type FileRole = "app" | "script" | "seed" | "test" | "generated" | "build" | "archive";

export interface Generator {
	readonly name: string;
	/** `prisma-client-js`, `prisma-client`, or another provider's name. */
	readonly provider: string;
	/** Directory the client is generated into, relative to the root; null for the default (`@prisma/client`). */
	readonly output: string | null;
	readonly engineType: string | null;
	readonly previewFeatures: readonly string[];
}

/** A setting read off a URL in a schema or an env file: a place and a number. The URL itself is never kept (it is a secret). */
export interface UrlSetting {
	readonly file: string;
	/** `connection_limit`, `pool_timeout`, … */
	readonly name: string;
	readonly value: number;
	/** Offsets of the value in the file's text. */
	readonly start: number;
	readonly end: number;
	/** Position of `start`, from 1. */
	readonly line: number;
	readonly column: number;
	/** Name of the variable that holds the URL (`DATABASE_URL`), null when it stands in the schema itself. */
	readonly variable: string | null;
}

export interface Schema {
	/** The schema file, or the folder of a multi-file schema. */
	readonly path: string;
	readonly generators: readonly Generator[];
	/** Datasource provider: `postgresql`, `mysql`, `sqlite`, …; null when it is not stated. */
	readonly provider: string | null;
	/** Name of the environment variable the datasource's URL is read from. */
	readonly urlVariable: string | null;
	readonly models: number;
}

export type PrismaEngine = "rust" | "client" | "none" | "unknown";

export interface Package {
	/** Directory relative to the root, "" for the root. */
	readonly dir: string;
	readonly name: string | null;
	/** All declared dependencies, development ones too: name → range. */
	readonly dependencies: Readonly<Record<string, string>>;
	readonly moduleType: "module" | "commonjs";
	/** Prisma's version: installed (lock file or node_modules) before declared; null when the package does not use Prisma. */
	readonly prismaVersion: string | null;
	readonly prismaMajor: number | null;
	readonly engine: PrismaEngine;
	/** `@prisma/adapter-pg` and the like. */
	readonly adapters: readonly string[];
	readonly schemas: readonly Schema[];
	readonly frameworks: ReadonlySet<Framework>;
	readonly exports: unknown;
	readonly imports: unknown;
	readonly main: string | null;
}

export type Framework =
	| "express"
	| "fastify"
	| "koa"
	| "hapi"
	| "hono"
	| "nest"
	| "next"
	| "remix"
	| "sveltekit"
	| "nuxt"
	| "astro"
	| "solidstart"
	| "trpc"
	| "graphql"
	| "lambda"
	| "workers"
	| "socket.io"
	| "queue"
	| "azure-functions";

export interface SourceFile {
	readonly path: string;
	readonly size: number;
	readonly mtimeMs: number;
}

export interface Workspace {
	/** Absolute path of the root, with `/`. */
	readonly root: string;
	/** TypeScript and JavaScript sources in path order. */
	readonly sources: readonly SourceFile[];
	readonly packages: readonly Package[];
	readonly urlSettings: readonly UrlSetting[];
	/** The nearest package above a file; every workspace has at least the root's. */
	packageOf(file: string): Package;
	roleOf(file: string): FileRole;
}
