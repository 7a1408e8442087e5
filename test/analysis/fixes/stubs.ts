/** Just enough of the packages' types for the fixtures: Prisma's client with its generics, two adapters, pg, express, Node. */
const CLIENT = `
export namespace Prisma {
	export interface LogDefinition { level: LogLevel; emit: "stdout" | "event" }
	export type LogLevel = "info" | "query" | "warn" | "error";
	export class PrismaClientKnownRequestError extends Error { code: string }
	export interface UserWhereInput { id?: number }
	export type Denied = "$connect" | "$disconnect" | "$on" | "$transaction" | "$extends";
	export type TransactionClient = Omit<PrismaClient, Denied>;
	export interface Extension { name?: string; accelerate?: true; query?: { $allOperations(call: Operation): Promise<unknown> } }
	export interface Operation { model?: string; operation: string; args: unknown; query(args: unknown): Promise<unknown> }
	export interface Options {
		adapter?: { readonly provider: string };
		datasources?: { db?: { url?: string } };
		datasourceUrl?: string;
		log?: (LogLevel | LogDefinition)[];
		omit?: { user?: { email?: boolean } };
		transactionOptions?: { maxWait?: number; timeout?: number };
		errorFormat?: "pretty" | "minimal";
	}
}
export interface User { id: number; email: string }
export class PrismaClient<T extends Prisma.Options = Prisma.Options> {
	constructor(options?: T);
	readonly user: {
		findMany(args?: { where?: Prisma.UserWhereInput }): Promise<User[]>;
		count(): Promise<number>;
		create(args: { data: Partial<User> }): Promise<User>;
	};
	$transaction<R>(work: (tx: PrismaClient<T>) => Promise<R>, options?: { maxWait?: number; timeout?: number }): Promise<R>;
	$connect(): Promise<void>;
	[Symbol.asyncDispose](): Promise<void>;
	$disconnect(): Promise<void>;
	$on(event: "query", listener: (event: { query: string; duration: number }) => void): void;
	$queryRaw(strings: TemplateStringsArray, ...values: unknown[]): Promise<unknown>;
	$transaction<P extends Promise<unknown>[]>(queries: [...P]): Promise<unknown[]>;
	$transaction<R>(run: (transaction: Omit<PrismaClient, Prisma.Denied>) => Promise<R>, options?: { maxWait?: number; timeout?: number }): Promise<R>;
	$extends<E extends Prisma.Extension>(extension: E): Omit<PrismaClient<T>, "$on"> & { readonly extended: E };
}
`;

export const STUBS: ReadonlyMap<string, string> = new Map([
	["/node_modules/@prisma/client/package.json", '{ "name": "@prisma/client", "types": "index.d.ts" }'],
	["/node_modules/@prisma/client/index.d.ts", CLIENT],
	["/node_modules/@generated/client/package.json", '{ "name": "@generated/client", "types": "index.d.ts" }'],
	["/node_modules/@generated/client/index.d.ts", CLIENT],
	[
		"/node_modules/@prisma/adapter-pg/index.d.ts",
		`import type { Pool, PoolConfig } from "pg";
export class PrismaPg { constructor(pool: Pool | PoolConfig | string, options?: { disposeExternalPool?: boolean }); readonly provider: "postgres" }`,
	],
	["/node_modules/@prisma/extension-accelerate/index.d.ts", "export function withAccelerate(): { readonly accelerate: true };"],
	[
		"/node_modules/pg/index.d.ts",
		`export interface PoolConfig {
	connectionString?: string | undefined;
	max?: number;
	min?: number;
	connectionTimeoutMillis?: number;
	idleTimeoutMillis?: number;
	maxLifetimeSeconds?: number;
	query_timeout?: number;
	statement_timeout?: number;
}
export class Pool { constructor(config?: PoolConfig); end(): Promise<void>; on(event: string, listener: (error: Error) => void): this }`,
	],
	[
		"/node_modules/@prisma/adapter-mariadb/index.d.ts",
		`export interface PoolConfig { host?: string; user?: string; connectionLimit?: number; acquireTimeout?: number; connectTimeout?: number; idleTimeout?: number }
export class PrismaMariaDb { constructor(config: PoolConfig | string); readonly provider: "mysql" }`,
	],
	[
		"/node_modules/@prisma/adapter-mssql/index.d.ts",
		`export interface Config { server: string; pool?: { max?: number; min?: number; acquireTimeoutMillis?: number; idleTimeoutMillis?: number; reapIntervalMillis?: number }; connectionTimeout?: number }
export class PrismaMssql { constructor(config: Config | string); readonly provider: "sqlserver" }`,
	],
	[
		"/node_modules/express/index.d.ts",
		`declare namespace express {
	interface Request { params: Record<string, string> }
	interface Response { json(body: unknown): void; status(code: number): Response }
	interface Router { get(path: string, handler: (req: Request, res: Response) => unknown): void; post(path: string, handler: (req: Request, res: Response) => unknown): void }
	interface Express extends Router { listen(port: number, listening?: () => void): { close(done?: () => void): void }; (req: object, res: object): void }
	function Router(): Router;
}
declare function express(): express.Express;
export = express;`,
	],
	[
		"/node_modules/@stub/node.d.ts",
		`declare module "node:async_hooks" { export class AsyncLocalStorage<T> { run<R>(store: T, callback: () => R): R; getStore(): T | undefined } }
declare module "http" { export function createServer(handler: (req: object, res: object) => void): { listen(port: number): void; close(done?: () => void): void } }
declare module "node:timers" { export function setInterval(callback: () => void, ms: number): { unref(): void } }
declare module "node:timers/promises" { export function setTimeout<T>(ms: number, value?: T, options?: { ref?: boolean }): Promise<T> }`,
	],
	[
		"/node_modules/@nestjs/common/index.d.ts",
		`export function Module(options: { imports?: object[]; providers?: object[]; exports?: object[] }): (target: object, context?: unknown) => void;
export function Injectable(): (target: object, context?: unknown) => void;
export interface OnModuleDestroy { onModuleDestroy(): unknown }`,
	],
	[
		"/node_modules/@nestjs/core/index.d.ts",
		`export interface Application { enableShutdownHooks(): this; listen(port: number): Promise<unknown> }
export const NestFactory: { create(module: object): Promise<Application> };`,
	],
	[
		"/node_modules/fastify/index.d.ts",
		`declare namespace fastify {
	interface Server { get(path: string, handler: () => Promise<unknown>): void; addHook(name: "onClose", hook: () => Promise<void>): Server; listen(options: { port: number }): Promise<string>; close(): Promise<undefined> }
}
declare function fastify(options?: { logger?: boolean }): fastify.Server;
export = fastify;`,
	],
	[
		"/node_modules/@hapi/hapi/index.d.ts",
		`export interface Server { route(route: { method: string; path: string; handler: () => unknown }): void; ext(event: "onPostStop", hook: () => Promise<void>): void; start(): Promise<void>; stop(): Promise<void> }
export function server(options: { port: number; host?: string }): Server;`,
	],
	[
		"/node_modules/hono/index.d.ts",
		"export class Hono { get(path: string, handler: (c: { json(value: unknown): Response }) => unknown): this; fetch: (request: Request) => unknown }",
	],
	[
		"/node_modules/@hono/node-server/index.d.ts",
		`export interface ServerType { close(done?: (error?: Error) => void): this }
export function serve(options: { fetch: (request: Request) => unknown; port?: number }, listening?: (info: { port: number }) => void): ServerType;`,
	],
	[
		"/node_modules/vitest/index.d.ts",
		`export const vi: { mock(path: string, factory?: () => unknown): void; fn<T>(implementation?: T): T };
export const it: (name: string, test: () => unknown) => void;
export const expect: (value: unknown) => any;`,
	],
	["/node_modules/dotenv/index.d.ts", "export function config(): void;"],
	["/node_modules/dotenv/config.d.ts", "export {};"],
	[
		"/node_modules/@stub/globals.d.ts",
		`declare const process: { env: Record<string, string | undefined>; on(event: string, listener: () => unknown): void; once(event: string, listener: () => unknown): void; memoryUsage(): { external: number }; exit(code?: number): never; kill(pid: number, signal?: string): true; pid: number };
declare const performance: { now(): number };
declare function clearInterval(timer: unknown): void;
declare const console: { log(...values: unknown[]): void; warn(...values: unknown[]): void; error(...values: unknown[]): void };
interface Timeout { unref(): this }
declare function setInterval(callback: () => void, ms: number): Timeout;
interface NodeRequire { (id: string): any }
declare var require: NodeRequire;
declare var module: { exports: any };
declare var exports: any;
declare var global: typeof globalThis;
declare const jest: any;
declare const test: (name: string, body: () => unknown) => void;
declare const expect: (value: unknown) => any;`,
	],
]);
