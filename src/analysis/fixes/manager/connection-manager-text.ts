/** The part of the generated module that owns the client: the manager itself, and the stand-in that callers hold. */
export const CONNECTION_MANAGER_TEXT = `type Health = "healthy" | "replaced" | "unreachable";

/**
 * Owns the application's one client. A fresh one takes its place every 30 minutes, and when the database no longer answers through it.
 * What getClient() returns passes every use on to the client that is current, so it can be kept, injected and exported. What
 * $extends() makes of it does not follow: put extensions into createClient().
 */
export class PrismaConnectionManager {
	readonly #totals = { queryCount: 0, transactionCount: 0, failureCount: 0, rotationCount: 0, replacementCount: 0 };
	readonly #history: Operation[] = [];
	readonly #listeners: unknown[][] = [];
	readonly #retired = new Set<ManagedClient>();
	#current = this.#open();
	#rotation: Promise<void> | undefined;
	#check: Promise<Health> | undefined;
	readonly #client = this.#standIn();
	readonly #timers = [
		setInterval(() => void this.rotateConnections().catch(() => console.warn(UNREACHABLE)), ROTATION_INTERVAL_MS),
		setInterval(() => void this.#watch(), WATCH_INTERVAL_MS),
	];

	/** The one of this process: module reloads, and bundles that hold this module twice, find it too. */
	static getInstance(): PrismaConnectionManager {
		const instance = globalForPrisma.prismaConnectionManager ?? new PrismaConnectionManager();
		globalForPrisma.prismaConnectionManager = instance;
		return instance;
	}

	private constructor() {
		for (const timer of this.#timers) timer.unref();
		process.once("beforeExit", () => void this.disconnect());
	}

	getClient(): Client {
		return this.#client;
	}

	/** Runs an interactive transaction with time-outs. When one strikes, a client that no longer answers is replaced. */
	async transaction<T>(run: (transaction: TransactionClient) => Promise<T>, limits = TRANSACTION_LIMITS): Promise<T> {
		try {
			return await this.#client.$transaction(run, limits);
		} catch (error) {
			if (error instanceof Error && "code" in error && error.code === "P2028") await this.healthCheck();
			throw error;
		}
	}

	/** Opens a fresh client for new work and closes the old one when its own has ended. Rejects, and changes nothing, without a database. */
	rotateConnections(): Promise<void> {
		this.#rotation ??= this.#rotate().finally(() => {
			this.#rotation = undefined;
		});
		return this.#rotation;
	}

	/** Replaces a client through which the database no longer answers; "unreachable" when it does not answer through a fresh one either. */
	healthCheck(): Promise<Health> {
		this.#check ??= this.#checkHealth().finally(() => {
			this.#check = undefined;
		});
		return this.#check;
	}

	/** Closes every connection without waiting for running work, whose transactions fail, and forgets the history. */
	async forceCleanup(): Promise<void> {
		this.#history.length = 0;
		await this.#closeAll(0);
	}

	/** Lets running work end and closes every connection, for shutdown. A later query would connect again. */
	async disconnect(): Promise<void> {
		for (const timer of this.#timers) clearInterval(timer);
		await this.#closeAll(TRANSACTION_LIMITS.timeout);
	}

	/** Times in milliseconds, averages over the history, memory in bytes. */
	getMetrics() {
		return {
			...this.#totals,
			connectionCount: [this.#current, ...this.#retired].reduce((sum, { running }) => sum + running, 0),
			retiredClients: this.#retired.size,
			clientAge: Date.now() - this.#current.createdAt,
			avgQueryTime: this.#averageTime("query"),
			avgTransactionTime: this.#averageTime("transaction"),
			externalMemory: process.memoryUsage().external,
		};
	}

	/** The last operations, oldest first. */
	getHistory(): readonly Operation[] {
		return [...this.#history];
	}

	/** Figures and names alone: the client itself holds the database's URL. */
	toJSON() {
		return { ...this.getMetrics(), history: this.#history };
	}

	async #rotate(): Promise<void> {
		if (!this.#current.isUsed) return;
		const old = await this.#replace();
		this.#totals.rotationCount++;
		await this.#retire(old, ROTATION_INTERVAL_MS);
	}

	async #checkHealth(): Promise<Health> {
		if (await this.#current.isHealthy()) return "healthy";
		try {
			const old = await this.#replace();
			this.#totals.replacementCount++;
			void this.#retire(old, TRANSACTION_LIMITS.timeout);
			return "replaced";
		} catch {
			return "unreachable";
		}
	}

	async #replace(): Promise<ManagedClient> {
		const old = this.#current;
		const next = this.#open();
		const isHealthy = await next.isHealthy();
		if (!isHealthy || this.#current !== old) {
			await next.close(0);
			throw new Error("The client stays: the database does not answer, or another one has just taken its place.");
		}
		this.#current = next;
		return old;
	}

	async #retire(old: ManagedClient, waitMs: number): Promise<void> {
		this.#retired.add(old);
		await old.close(waitMs);
		this.#retired.delete(old);
	}

	async #closeAll(waitMs: number): Promise<void> {
		const all = [this.#current, ...this.#retired];
		this.#current = this.#open();
		await Promise.all(all.map((client) => this.#retire(client, waitMs)));
	}

	#open(): ManagedClient {
		const opened = new ManagedClient((operation) => this.#record(operation));
		for (const listener of this.#listeners) opened.listen(listener);
		return opened;
	}

	#record(operation: Operation): void {
		this.#history.push(operation);
		if (this.#history.length > HISTORY_LENGTH) this.#history.shift();
		this.#totals[operation.kind === "query" ? "queryCount" : "transactionCount"]++;
		if (operation.failed) this.#totals.failureCount++;
		if (operation.durationMs > SLOW_OPERATION_MS) console.warn(\`Prisma: \${operation.name} took \${Math.round(operation.durationMs)} ms.\`);
	}

	#averageTime(kind: Operation["kind"]): number {
		const times = this.#history.filter((operation) => operation.kind === kind).map(({ durationMs }) => durationMs);
		return times.length === 0 ? 0 : times.reduce((sum, time) => sum + time, 0) / times.length;
	}

	async #watch(): Promise<void> {
		const metrics: Record<string, number> = this.getMetrics();
		for (const [name, limit] of Object.entries(THRESHOLDS)) {
			const value = metrics[name] ?? 0;
			if (value > limit) console.warn(\`Prisma: \${name} is \${Math.round(value)}, over \${limit}.\`);
		}
		if ((await this.healthCheck()) === "unreachable") console.warn(UNREACHABLE);
	}

	/** Its own members are those that are counted, or that must reach the clients to come too. */
	#standIn(): Client {
		const models = new Map<PropertyKey, object>();
		const own: Client = Object.assign(Object.create(null), {
			$transaction: (...args: unknown[]) => this.#current.transaction(args),
			$on: (...listener: unknown[]) => {
				this.#listeners.push(listener);
				this.#current.listen(listener);
				return this.#client;
			},
		});
		const model = (name: PropertyKey): object => {
			const known = models.get(name) ?? passingOn(Object.create(null), () => Reflect.get(this.#current.counted, name));
			models.set(name, known);
			return known;
		};
		return passingOn(own, () => this.#current.counted, model);
	}
}

/** Passes the use of members on to the object that is current; \`own\` members come first, also those that a test puts there. */
function passingOn<T extends object>(own: T, current: () => object, objectMember = (_: PropertyKey, value: object) => value): T {
	return new Proxy(own, {
		get(_, name) {
			if (Reflect.has(own, name)) return Reflect.get(own, name);
			const value: unknown = Reflect.get(current(), name);
			if (typeof value === "function") return value.bind(current());
			return typeof value === "object" && value !== null ? objectMember(name, value) : value;
		},
		has: (_, name) => Reflect.has(own, name) || Reflect.has(current(), name),
	});
}

const globalForPrisma = globalThis as unknown as { prismaConnectionManager?: PrismaConnectionManager };

export const prisma = PrismaConnectionManager.getInstance().getClient();
`;
