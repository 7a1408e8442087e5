import type { PoolTimeoutKind } from "../../config/index.js";
import type { PoolDriver } from "../cost/index.js";
import type { Place } from "../rules/types.js";
import type { Package } from "../workspace/index.js";

/** Where a number that sizes a pool is written. */
export type PoolOrigin =
	/** An option of a driver adapter or client, or of the pool given to one; `adapter` is the class or function. */
	| { readonly k: "option"; readonly adapter: string }
	/** A database URL in code. */
	| { readonly k: "url" }
	/** A database URL in an env file; `example` for templates such as `.env.example`. */
	| { readonly k: "env"; readonly variable: string; readonly example: boolean }
	/** A database URL in a schema. */
	| { readonly k: "schema" }
	/** A home-made manager that keeps PrismaClients, each with a pool of its own. */
	| { readonly k: "manager"; readonly className: string };

/** A number that bounds how many connections (or, for a manager, clients) there may be. */
export interface PoolNumber {
	readonly value: number;
	readonly bound: "max" | "min";
	/** The option or parameter as written: `max`, `connection_limit`. */
	readonly option: string;
	readonly place: Place;
	readonly origin: PoolOrigin;
	/** The environment variable this is only the default of. */
	readonly environment: string | null;
	/** Null for managers, and where the driver is not known. */
	readonly driver: PoolDriver | null;
	/** Whether the driver obeys it: node-postgres ignores `connection_limit`. */
	readonly honoured: boolean;
	readonly package: Package;
}

/** A time-out given to a pool, with its place. */
export interface PoolTimeout {
	readonly kind: PoolTimeoutKind;
	/** As written, in `unit`. */
	readonly value: number;
	/** Milliseconds of the option's unit. */
	readonly unit: 1 | 1000;
	/** How long it waits; Infinity for ever. */
	readonly milliseconds: number;
	/** Milliseconds the driver takes when nothing is said, Infinity for ever; null for managers, which have no default. */
	readonly fallback: number | null;
	readonly option: string;
	readonly place: Place;
	readonly origin: PoolOrigin;
	/** The environment variable this is only the default of. */
	readonly environment: string | null;
	readonly driver: PoolDriver | null;
	readonly package: Package;
}

/** A setting that whoever opens the pool never reads. */
export interface IgnoredSetting {
	readonly name: string;
	readonly place: Place;
	readonly origin: PoolOrigin;
	/** Who ignores it. */
	readonly driver: PoolDriver;
	/** The option that does what was meant; null when there is none. */
	readonly instead: string | null;
	readonly package: Package;
}

/** How many connections a client's pool may hold. */
export type PoolSize =
	| { readonly k: "explicit"; readonly value: number; readonly number: PoolNumber }
	/** Read from the environment, with this default. */
	| { readonly k: "environment"; readonly value: number; readonly number: PoolNumber }
	/** Nothing is said: the driver's default, null where it depends on the machine. */
	| { readonly k: "default"; readonly value: number | null; readonly text: string }
	| { readonly k: "unknown" };

/** The pool behind a client. */
export interface Pool {
	readonly driver: PoolDriver;
	readonly size: PoolSize;
}
