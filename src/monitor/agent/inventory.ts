/** Live PrismaClients and pools of the target: found by a scan that the monitor does once, then kept by weak references. */
import {
	ENDPOINT_LIMIT,
	type Guard,
	isAmount,
	isInteger,
	isListOf,
	isNullOr,
	isPoolGauges,
	isShape,
	isText,
	POOL_LIMIT,
	type PoolGauges,
} from "../../protocol/index.js";
import { inTarget, type Target } from "./in-target.js";
import type { Part } from "./resident.js";

export const INVENTORY_PART = "inventory";

/** More classes of clients and pools than this are not looked at. */
export const CLASS_LIMIT = 50;

/** What `addClasses` answers. */
export const isClassCount = isInteger(0, CLASS_LIMIT);

export interface Inventory extends Part {
	/** Looks through all functions for classes of clients and pools, and follows what uses them from now on. Returns how many are known. */
	addClasses(functions: readonly unknown[]): number;
	/** The prototype of a known class. */
	prototypeOf(index: number): object | undefined;
	/** Takes in what was found to have that prototype. */
	addObjects(index: number, objects: readonly unknown[]): void;
	/** The constructor of a known class of clients, or null for a pool's. */
	clientClass(index: number): unknown;
	/** Takes in a client whose constructor has just been entered. */
	constructed(client: object): void;
}

export interface InventoryReading {
	readonly clients: { readonly live: number; readonly created: number };
	/** Classes found, of clients and of pools. */
	readonly classes: { readonly clients: number; readonly pools: number };
	/** The fullest pools. */
	readonly pools: readonly (PoolGauges & RemoteAddress & { readonly id: number })[];
	/** Sums over all pools, by where they connect to. */
	readonly remotes: readonly (PoolGauges & RemoteAddress)[];
}

/** Of one of a pool's connections, present or past, or what it is told to connect to; null where neither is known. */
export interface RemoteAddress {
	/** An IP address, or the name of a host. */
	readonly address: string | null;
	readonly port: number | null;
}

/** The expression that starts an empty inventory, or joins the one that is there. */
export function startInventory(holder: string): string {
	return inTarget(start, holder, INVENTORY_PART, { pools: POOL_LIMIT, remotes: ENDPOINT_LIMIT, classes: CLASS_LIMIT, fresh: 10_000 });
}

function start(
	{ agent }: Target,
	holder: string,
	name: string,
	limits: {
		readonly [name: string]: number;
		readonly pools: number;
		readonly remotes: number;
		readonly classes: number;
		readonly fresh: number;
	},
): void {
	interface Gauges {
		readonly total: unknown;
		readonly idle: unknown;
		readonly waiting: unknown;
		readonly max: unknown;
	}
	/** A class is told by what its prototype owns: names of minified classes mean nothing. */
	interface Form {
		readonly owns: readonly string[];
		/** What only its own instances own, and no object that inherits from one. */
		readonly mark: string;
		/** Methods that whoever uses an instance calls. */
		readonly entrances: readonly string[];
		/** Null for a client. */
		readonly gauges: ((pool: object) => Gauges) | null;
		readonly remote?: (pool: object) => { readonly address: unknown; readonly port: unknown };
	}
	const get = (object: unknown, ...path: readonly (string | number)[]): unknown =>
		path.reduce((value: unknown, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined), object);
	const call = (object: object, method: string): unknown => {
		const value: unknown = Reflect.get(object, method);
		return typeof value === "function" ? value.call(object) : undefined;
	};
	const forms: readonly Form[] = [
		{
			owns: ["$connect", "$disconnect", "$transaction", "_request"],
			mark: "_engineConfig",
			entrances: ["$connect", "$transaction", "_request"],
			gauges: null,
		},
		{
			// pg
			owns: ["totalCount", "idleCount", "waitingCount"],
			mark: "_clients",
			entrances: ["connect"],
			gauges: (pool) => ({
				total: get(pool, "totalCount"),
				idle: get(pool, "idleCount"),
				waiting: get(pool, "waitingCount"),
				max: get(pool, "options", "max"),
			}),
			remote: (pool) => {
				const stream = get(pool, "_clients", 0, "connection", "stream");
				return { address: get(stream, "remoteAddress"), port: get(stream, "remotePort") };
			},
		},
		{
			// mariadb, whose outer pools only pass on to this one
			owns: ["totalConnections", "idleConnections", "taskQueueSize", "release"],
			mark: "opts",
			entrances: ["getConnection"],
			gauges: (pool) => ({
				total: call(pool, "totalConnections"),
				idle: call(pool, "idleConnections"),
				waiting: call(pool, "taskQueueSize"),
				max: get(pool, "opts", "connectionLimit"),
			}),
			remote: (pool) => ({ address: get(pool, "opts", "connOptions", "host"), port: get(pool, "opts", "connOptions", "port") }),
		},
		{
			// tarn, the pool of mssql
			owns: ["numUsed", "numFree", "numPendingAcquires"],
			mark: "pendingAcquires",
			entrances: ["acquire"],
			gauges: (pool) => ({
				total: Number(call(pool, "numUsed")) + Number(call(pool, "numFree")),
				idle: call(pool, "numFree"),
				waiting: call(pool, "numPendingAcquires"),
				max: get(pool, "max"),
			}),
		},
	];

	agent?.add(holder, name, (): Inventory => {
		interface Entry {
			readonly ref: WeakRef<object>;
			readonly id: number;
			readonly form: Form;
			address: string | null;
			port: number | null;
		}
		const classes: { readonly prototype: object; readonly form: Form }[] = [];
		const seen = new WeakSet<object>();
		const entries = new Set<Entry>();
		const restore: (() => void)[] = [];
		/** Clients whose construction was seen; their fields are not there yet. */
		const fresh: WeakRef<object>[] = [];
		const constructed = new WeakSet<object>();
		let active = true;
		let created = 0;
		let lastId = 0;

		const take = (form: Form, candidate: unknown): object | null => {
			const object = form.gauges === null ? (get(candidate, "_originalClient") ?? candidate) : candidate;
			if (typeof object !== "object" || object === null || seen.has(object) || !Object.hasOwn(object, form.mark)) return null;
			seen.add(object);
			entries.add({ ref: new WeakRef(object), id: ++lastId, form, address: null, port: null });
			return object;
		};
		const follow = (prototype: object, form: Form): void => {
			for (const entrance of form.entrances) {
				const original = Object.getOwnPropertyDescriptor(prototype, entrance);
				if (!original?.configurable || typeof original.value !== "function") continue;
				const method: (...args: unknown[]) => unknown = original.value;
				const wrapped = function (this: unknown, ...args: unknown[]): unknown {
					const newcomer = active ? take(form, this) : null;
					if (newcomer && form.gauges === null && !constructed.has(newcomer)) created++;
					return Reflect.apply(method, this, args);
				};
				Object.defineProperty(prototype, entrance, { ...original, value: wrapped });
				restore.push(() => {
					// Whoever wrapped it after us keeps our function, which then only passes on.
					if (Object.getOwnPropertyDescriptor(prototype, entrance)?.value === wrapped) Object.defineProperty(prototype, entrance, original);
				});
			}
		};

		const addClasses = (functions: readonly unknown[]): number => {
			for (const candidate of functions) {
				if (classes.length >= limits.classes) break;
				const prototype: unknown =
					typeof candidate === "function" ? Object.getOwnPropertyDescriptor(candidate, "prototype")?.value : undefined;
				if (typeof prototype !== "object" || prototype === null) continue;
				const form = forms.find(({ owns }) => owns.every((key) => Object.hasOwn(prototype, key)));
				if (!form || classes.some((known) => known.prototype === prototype)) continue;
				classes.push({ prototype, form });
				follow(prototype, form);
			}
			return classes.length;
		};

		const describe = (entry: Entry, pool: object) => {
			const whole = (value: unknown) => Math.max(0, Math.trunc(Number(value)) || 0);
			const gauges = entry.form.gauges?.(pool);
			const remote = entry.form.remote?.(pool);
			if (typeof remote?.address === "string" && typeof remote.port === "number") {
				entry.address = remote.address;
				entry.port = remote.port;
			}
			return {
				id: entry.id,
				total: whole(gauges?.total),
				idle: whole(gauges?.idle),
				waiting: whole(gauges?.waiting),
				max: whole(gauges?.max),
				address: entry.address,
				port: entry.port,
			};
		};

		return {
			addClasses,
			prototypeOf: (index) => classes[index]?.prototype,
			addObjects(index, objects) {
				const found = classes[index];
				if (found) for (const object of objects) take(found.form, object);
			},
			clientClass: (index) => (classes[index]?.form.gauges === null ? classes[index].prototype.constructor : null),
			constructed(client) {
				created++;
				constructed.add(client);
				if (fresh.length < limits.fresh) fresh.push(new WeakRef(client));
			},
			read() {
				for (const ref of fresh.splice(0)) {
					const client = ref.deref();
					if (client) for (const { form } of classes) if (form.gauges === null) take(form, client);
				}
				const pools: ReturnType<typeof describe>[] = [];
				const remotes = new Map<string, ReturnType<typeof describe>>();
				let live = 0;
				for (const entry of entries) {
					const object = entry.ref.deref();
					if (!object) entries.delete(entry);
					else if (entry.form.gauges === null) live++;
					else
						try {
							pools.push(describe(entry, object));
						} catch {}
				}
				for (const { id, address, port, total, idle, waiting, max } of pools) {
					const key = `${address} ${port}`;
					const sum = remotes.get(key) ?? { id, address, port, total: 0, idle: 0, waiting: 0, max: 0 };
					remotes.set(key, { ...sum, total: sum.total + total, idle: sum.idle + idle, waiting: sum.waiting + waiting, max: sum.max + max });
				}
				const ofClients = classes.filter(({ form }) => form.gauges === null).length;
				return {
					clients: { live, created },
					classes: { clients: ofClients, pools: classes.length - ofClients },
					pools: pools.sort((a, b) => b.total - a.total).slice(0, limits.pools),
					remotes: [...remotes.values()].slice(0, limits.remotes),
				};
			},
			remove() {
				active = false;
				for (const undo of restore) undo();
			},
		};
	});
}

const isRemoteAddress: Guard<RemoteAddress> = isShape<RemoteAddress>({
	address: isNullOr(isText(100)),
	port: isNullOr(isInteger(1, 65_535)),
});
const isRemote: Guard<PoolGauges & RemoteAddress> = (value): value is PoolGauges & RemoteAddress =>
	isPoolGauges(value) && isRemoteAddress(value);
const isNumbered: Guard<{ readonly id: number }> = isShape<{ readonly id: number }>({ id: isAmount });
const isPool: Guard<InventoryReading["pools"][number]> = (value): value is InventoryReading["pools"][number] =>
	isRemote(value) && isNumbered(value);

export const isInventoryReading: Guard<InventoryReading> = isShape<InventoryReading>({
	clients: isShape<InventoryReading["clients"]>({ live: isAmount, created: isAmount }),
	classes: isShape<InventoryReading["classes"]>({ clients: isAmount, pools: isAmount }),
	pools: isListOf(isPool, POOL_LIMIT),
	remotes: isListOf(isRemote, ENDPOINT_LIMIT),
});
