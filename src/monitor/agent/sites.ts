/** Where clients are created, while V8's debugger tells of each call of their constructors. */
import { type Guard, isAmount, isInteger, isListOf, isNullOr, isShape, isText, SITE_FILE_LIMIT, SITE_LIMIT } from "../../protocol/index.js";
import { inTarget, type Target } from "./in-target.js";
import { INVENTORY_PART } from "./inventory.js";
import { partExpression } from "./lease.js";

export const SITES_PART = "sites";

export interface RawSite {
	/** Path or URL as V8 knows it, before any source map. */
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** From 1. */
	readonly column: number;
	readonly caller: string | null;
	readonly created: number;
	readonly live: number;
}

/** The expression that starts a record of sites, or goes on with the one that is there. */
export function startSites(holder: string): string {
	return inTarget(start, holder, SITES_PART, { sites: SITE_LIMIT, file: SITE_FILE_LIMIT, frames: 50, caller: 200 });
}

/** The condition of a breakpoint in a client's constructor: records the call and never holds. */
export const RECORD_SITE = `(${partExpression(SITES_PART)}?.record(this), ${partExpression(INVENTORY_PART)}?.constructed(this), false)`;

interface Limits {
	readonly [name: string]: number;
	readonly sites: number;
	readonly file: number;
	readonly frames: number;
	readonly caller: number;
}

function start({ agent }: Target, holder: string, name: string, limits: Limits): void {
	interface Site {
		readonly file: string;
		readonly line: number;
		readonly column: number;
		readonly caller: string | null;
		created: number;
		readonly clients: Set<WeakRef<object>>;
	}
	agent?.add(holder, name, () => {
		const sites = new Map<string, Site>();
		/** Positions as V8 has them: where source maps are on, the text of a stack trace is mapped already, or not, by tools of all kinds. */
		const callers = (): readonly NodeJS.CallSite[] => {
			const { prepareStackTrace, stackTraceLimit } = Error;
			const trace: { stack?: unknown } = {};
			let found: readonly NodeJS.CallSite[] = [];
			try {
				Error.stackTraceLimit = limits.frames;
				Error.prepareStackTrace = (_error, frames) => {
					found = frames;
					return "";
				};
				Error.captureStackTrace(trace);
				String(trace.stack);
			} finally {
				Error.prepareStackTrace = prepareStackTrace;
				Error.stackTraceLimit = stackTraceLimit;
			}
			// The first constructor on the stack is the client's own.
			return found.slice(found.findIndex((frame) => frame.isConstructor()) + 1);
		};
		const isOwn = (frame: NodeJS.CallSite): boolean => {
			const file = frame.getFileName();
			return typeof file === "string" && !/[\\/]node_modules[\\/]|^node:/.test(file);
		};
		const record = (client: object): void => {
			const frames = callers();
			const frame = frames.find(isOwn) ?? frames[0];
			const file = frame?.getFileName()?.slice(0, limits.file) ?? "unknown";
			const line = frame?.getLineNumber() ?? 1;
			const column = frame?.getColumnNumber() ?? 1;
			const key = `${file}:${line}:${column}`;
			let site = sites.get(key);
			if (!site) {
				if (sites.size >= limits.sites) return;
				site = { file, line, column, caller: frame?.getFunctionName()?.slice(0, limits.caller) ?? null, created: 0, clients: new Set() };
				sites.set(key, site);
			}
			site.created++;
			site.clients.add(new WeakRef(client));
		};
		return {
			/** Called from a breakpoint's condition: must not throw. */
			record(client: unknown) {
				try {
					if (typeof client === "object" && client !== null) record(client);
				} catch {}
			},
			read: () =>
				[...sites.values()].map(({ clients, ...site }) => {
					for (const ref of clients) if (!ref.deref()) clients.delete(ref);
					return { ...site, live: clients.size };
				}),
			remove() {},
		};
	});
}

export const isSitesReading: Guard<readonly RawSite[]> = isListOf(
	isShape<RawSite>({
		file: isText(SITE_FILE_LIMIT),
		line: isInteger(1, 2 ** 31),
		column: isInteger(1, 2 ** 31),
		caller: isNullOr(isText(200)),
		created: isAmount,
		live: isAmount,
	}),
	SITE_LIMIT,
);
