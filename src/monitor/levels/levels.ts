import { type ConnectionSample, LEVELS, type Level, type LevelState, type Sample } from "../../protocol/index.js";
import { INVENTORY_PART } from "../agent/inventory.js";
import { dropPart } from "../agent/lease.js";
import type { Reading } from "../agent/reading.js";
import { SITES_PART } from "../agent/sites.js";
import { startTrace, TRACE_PART } from "../agent/trace.js";
import { reasonOf } from "../database/database-error.js";
import type { Attachment } from "../inspector/attachment.js";
import { joinPools, poolSamples } from "../probes/pools.js";
import { QueriesProbe } from "../probes/queries.js";
import { within } from "../wait-for.js";
import { DatabaseLevel } from "./database.js";
import { takeInventory } from "./inventory.js";
import { priceOf, RECORDING_MS } from "./price.js";
import { SiteRecorder } from "./site-recorder.js";

type Standing = Pick<LevelState, "status" | "until" | "note">;
type Fields = Pick<Sample, "connections" | "clients" | "pools" | "queries" | "transactions">;

/** A target that does not answer is not waited for. */
const FINISH_TIMEOUT_MS = 3_000;

const DEBUGGED =
	"Where clients are created cannot be recorded in a debug session: that takes breakpoints of our own, and ending them would take yours away. Stop debugging, and attach to the process itself.";

const OFF: Standing = { status: "off", until: null };

/** The levels of one attached process: turns them on and off, one after the other, and tells where each stands. */
export class Levels {
	private readonly standings = new Map<Level, Standing>();
	private queue: Promise<void> = Promise.resolve();
	private queries = new QueriesProbe();
	private readonly recorder: SiteRecorder;
	private readonly database = new DatabaseLevel();
	private recording: NodeJS.Timeout | undefined;
	private last: Reading | null = null;
	private told = "";

	constructor(
		private readonly attachment: Attachment,
		private readonly slowQueryMs: number,
		/** What the level `database` connects with. */
		private readonly databaseUrl: () => string | null,
		private readonly tell: (levels: readonly LevelState[]) => void,
	) {
		this.recorder = new SiteRecorder(attachment);
		this.announce();
	}

	/** Resolves when the level stands where it was wanted, or has failed; never rejects. Turning the inventory on again searches anew. */
	set(level: Level, on: boolean): Promise<void> {
		this.queue = this.queue.then(() => (on ? this.turnOn(level) : this.turnOff(level)));
		return this.queue;
	}

	/** Ends what is not part of the target's agent; the agent goes when the attachment is released. */
	dispose(): void {
		clearTimeout(this.recording);
		this.recorder.stop();
		this.database.close();
	}

	/** What the levels that are on add to a sample. Keeps prices and standings true to what the target says. */
	async fields(reading: Reading, connections: readonly ConnectionSample[], ports: ReadonlyMap<string, readonly number[]>): Promise<Fields> {
		const { inventory, trace, sites } = reading;
		const seconds = reading.uptime - (this.last?.uptime ?? reading.uptime);
		this.last = reading;
		if (inventory === null) this.lost("inventory");
		if (trace === null) this.lost("trace");
		if (inventory && this.isOn("inventory")) this.standings.set("inventory", { status: "on", until: null, ...noteOn(inventory.classes) });
		this.announce();
		const seen = await this.database.join(connections, ports);
		// It may have been turned off while the database answered.
		const found = this.isOn("inventory") ? inventory : null;
		return {
			connections: found ? joinPools(seen, found) : seen,
			...(found
				? { clients: { ...found.clients, ...(sites ? { sites: this.recorder.sites(sites) } : {}) }, pools: poolSamples(found) }
				: {}),
			...(trace && this.isOn("trace") ? this.queries.next(trace, seconds) : {}),
		};
	}

	private async turnOn(level: Level): Promise<void> {
		if (this.isOn(level) && level !== "inventory") return;
		if (level === "sites" && this.attachment.isShared) return this.put(level, { status: "failed", until: null, note: DEBUGGED });
		if (level === "sites" && !this.isOn("inventory")) await this.turnOn("inventory");
		this.put(level, { status: "starting", until: null });
		try {
			await this.bringIn(level);
			this.put(level, { status: "on", until: level === "sites" ? Date.now() + RECORDING_MS : null });
		} catch (error) {
			await this.takeOut(level).catch(() => null);
			this.put(level, { status: "failed", until: null, note: failureOf(level, error) });
		}
	}

	private async turnOff(level: Level): Promise<void> {
		if (level === "inventory" && this.isOn("sites")) await this.turnOff("sites");
		await this.takeOut(level).catch(() => null);
		this.put(level, OFF);
	}

	private async bringIn(level: Level): Promise<void> {
		switch (level) {
			case "inventory":
				return takeInventory(this.attachment);
			case "trace":
				this.queries = new QueriesProbe();
				await this.attachment.evaluate(startTrace(this.attachment.holder, this.slowQueryMs));
				return;
			case "sites":
				await this.recorder.start();
				this.recording = setTimeout(() => void this.set("sites", false), RECORDING_MS);
				return;
			case "database":
				return this.database.connect(this.databaseUrl(), (note) => {
					this.database.close();
					this.put("database", { status: "failed", until: null, note });
				});
		}
	}

	/** What was recorded of sites is shown as long as the inventory is on. */
	private async takeOut(level: Level): Promise<void> {
		switch (level) {
			case "inventory":
				await this.drop(SITES_PART);
				return this.drop(INVENTORY_PART);
			case "trace":
				return this.drop(TRACE_PART);
			case "sites":
				clearTimeout(this.recording);
				await within(this.recorder.finish(), FINISH_TIMEOUT_MS).catch(() => null);
				this.recorder.stop();
				return;
			case "database":
				this.database.close();
		}
	}

	private async drop(part: string): Promise<void> {
		await this.attachment.evaluate(dropPart(this.attachment.holder, part));
	}

	/** After a lease ran out, as when this machine slept, the agent is back but its parts are not. */
	private lost(level: Level): void {
		if (this.isOn(level))
			this.standings.set(level, { status: "failed", until: null, note: "The process was out of reach for too long. Turn it on again." });
	}

	private isOn(level: Level): boolean {
		return this.standings.get(level)?.status === "on";
	}

	private put(level: Level, standing: Standing): void {
		this.standings.set(level, standing);
		this.announce();
	}

	/** Says nothing twice. */
	private announce(): void {
		const heapUsed = this.last?.memory.heapUsed ?? null;
		const levels = LEVELS.map((level) => ({ level, price: priceOf(level, heapUsed), ...(this.standings.get(level) ?? OFF) }));
		const text = JSON.stringify(levels);
		if (text === this.told) return;
		this.told = text;
		this.tell(levels);
	}
}

function failureOf(level: Level, error: unknown): string {
	return level === "database" ? reasonOf(error) : `The process did not take it in: ${String(error).slice(0, 300)}`;
}

function noteOn({ clients, pools }: { readonly clients: number; readonly pools: number }): Pick<LevelState, "note"> {
	if (clients > 0) return {};
	const found =
		pools > 0
			? "No PrismaClient class is loaded, only connection pools"
			: "Neither a PrismaClient class nor a known connection pool is loaded";
	return { note: `${found}. If the process loads Prisma later, turn the level off and on again.` };
}
