/** Live PrismaClients and pools of the target: level inventory. */
import { isPoolGauges, type PoolGauges } from "./connection-sample.js";
import { type Guard, isAmount, isBoolean, isListOf, isNullOr, isOptional, isShape, isText } from "./guard.js";

export interface ClientsSample {
	/** PrismaClients that are alive; what `$extends` yields belongs to the client it came from. */
	readonly live: number;
	/** Clients seen since the inventory was taken, those of its scan left out; also those that are gone again. */
	readonly created: number;
	/** Level sites: where clients were created while sites were recorded, most first; also after the recording. */
	readonly sites?: readonly CreationSite[];
}

export interface CreationSite {
	/** The file, mapped through its source map; the path or URL that the stack trace named where there is none. */
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** From 1. */
	readonly column: number;
	/** The function around it, where the stack trace named one. */
	readonly caller: string | null;
	/** Whether the place was mapped through a source map. */
	readonly mapped: boolean;
	/** Clients created there while sites were recorded. */
	readonly created: number;
	/** How many of these are alive. */
	readonly live: number;
}

export interface PoolSample extends PoolGauges {
	/** Stays the same as long as the pool lives. */
	readonly id: number;
	/** `host:port` of one of its connections; null when it has none. */
	readonly endpoint: string | null;
}

/** Sites listed one by one. */
export const SITE_LIMIT = 50;
/** Longest path or URL of a site. */
export const SITE_FILE_LIMIT = 1_000;

const isCreationSite: Guard<CreationSite> = isShape<CreationSite>({
	file: isText(SITE_FILE_LIMIT),
	line: isAmount,
	column: isAmount,
	caller: isNullOr(isText(200)),
	mapped: isBoolean,
	created: isAmount,
	live: isAmount,
});

export const isClientsSample: Guard<ClientsSample> = isShape<ClientsSample>({
	live: isAmount,
	created: isAmount,
	sites: isOptional(isListOf(isCreationSite, SITE_LIMIT)),
});

export const isPoolSample: Guard<PoolSample> = (value): value is PoolSample => isPoolGauges(value) && isIdentity(value);

const isIdentity: Guard<Pick<PoolSample, "id" | "endpoint">> = isShape<Pick<PoolSample, "id" | "endpoint">>({
	id: isAmount,
	endpoint: isNullOr(isText(300)),
});
