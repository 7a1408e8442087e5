/** What is known of a workspace before any source is parsed: plain data. Paths are relative to the root, with `/`. */
import type { TextRange, UnreadFile } from "../../protocol/index.js";
import type { Suppression } from "../suppressions/directives.js";

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
	/** True in `.env.example`, `.env.sample` and the like: a template nobody runs with as it stands. */
	readonly example: boolean;
}

/** A place that says which database is opened. Never the URL itself (it is a secret). */
export interface UrlPlace {
	readonly file: string;
	/** An env file's variable and value, or the `url` of a datasource as written. */
	readonly range: TextRange;
	readonly kind: "env" | "schema" | "prisma-config";
	/** Name of the variable that holds the URL; null when it stands there itself. */
	readonly variable: string | null;
	/** As for settings: a template. */
	readonly example: boolean;
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
	/** Preview features its generators ask for, where they are written. */
	readonly previews: readonly PreviewFeature[];
}

export interface PreviewFeature {
	readonly name: string;
	readonly file: string;
	readonly range: TextRange;
}

/** `rust`: a native query engine; `client`: the query compiler in JavaScript and WASM; `none`: queries leave over HTTP (Accelerate). */
export type PrismaEngine = "rust" | "client" | "none" | "unknown";

export interface Package {
	/** Directory relative to the root, "" for the root. */
	readonly dir: string;
	readonly name: string | null;
	readonly version: string | null;
	/** All declared dependencies, development ones too: name → range. */
	readonly dependencies: Readonly<Record<string, string>>;
	readonly moduleType: "module" | "commonjs";
	/**
	 * Directory of the package whose Prisma this one runs with: its own when it declares Prisma, else an ancestor's or a workspace
	 * dependency's; null when it does not use Prisma.
	 */
	readonly prismaFrom: string | null;
	/** Prisma's version: installed (node_modules, then lock file) before declared; null when it cannot be told. */
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
	/** `source`, `main`, `module` and `types`, as written, sources first. */
	readonly entries: readonly string[];
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

/** What an update changed: sources whose text or presence changed, and whether the model (packages, schemas, settings) did. */
export interface WorkspaceChange {
	readonly sources: readonly string[];
	/** Sources came or went, so imports may resolve otherwise. */
	readonly listing: boolean;
	/** Packages, schemas, tsconfig or env settings changed. */
	readonly model: boolean;
}

export interface Workspace {
	/** TypeScript and JavaScript sources in path order. */
	readonly sources: readonly SourceFile[];
	readonly packages: readonly Package[];
	readonly urlSettings: readonly UrlSetting[];
	/** Where env files, schemas and `prisma.config.ts` name the database. */
	readonly urlPlaces: readonly UrlPlace[];
	/** Comments of env files and schemas that silence rules, by file; only of those that have any. */
	readonly suppressions: ReadonlyMap<string, readonly Suppression[]>;
	has(file: string): boolean;
	/** The nearest package above a file; every workspace has at least the root's. */
	packageOf(file: string): Package;
	/** The generator whose output holds this path, whether or not the file exists. */
	generatorOf(path: string): { readonly generator: Generator; readonly schema: string } | null;
	roleOf(file: string): FileRole;
}

/** A workspace that editors write to. */
export interface LiveWorkspace extends Workspace {
	/** Absolute path of the root, with `/`. */
	readonly root: string;
	/** host:port of the databases that the workspace's env files and schemas name; never user names or passwords. */
	readonly databaseEndpoints: readonly string[];
	/** Files and folders that were left out though they would count, with the reason for people. */
	readonly unread: readonly UnreadFile[];
	/** Stands for all that is known beside the sources: the same text, the same packages, schemas, settings and roles. */
	readonly fingerprint: string;
	/**
	 * Stands for what imports lead to and what files are for: as long as it is the same, a change of packages, schemas or settings
	 * matters only to those who look at them.
	 */
	readonly structure: string;
	/** Takes in files that were changed, created or deleted on disk; what is unaffected stays. */
	update(files: readonly string[]): Promise<WorkspaceChange>;
	/**
	 * Puts an editor's unsaved text over a `package.json`, schema, env or configuration file; undefined takes it away again. Sources
	 * are none of its business. Says whether the model changed.
	 */
	setText(file: string, text: string | undefined): boolean;
	/** Takes in a source that is to be created, before it is on disk. */
	addSource(file: string): void;
}
