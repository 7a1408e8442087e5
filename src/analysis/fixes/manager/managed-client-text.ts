/**
 * The part of the generated module that knows one client: it counts its work, so that it can be closed when that has ended. `ping`
 * is a member call of the client that asks the database for nothing.
 */
export const managedClientText = (ping: string): string => `type Client = ReturnType<typeof createClient>;
type TransactionClient = Omit<Client, "$connect" | "$disconnect" | "$extends" | "$on" | "$transaction" | "$use">;

/** What is kept of a query or transaction: neither its text nor its values. */
interface Operation {
	readonly name: string;
	readonly kind: "query" | "transaction";
	readonly durationMs: number;
	readonly failed: boolean;
}

/** One client and the work that runs on it. */
class ManagedClient {
	readonly createdAt = Date.now();
	readonly client = createClient();
	/** The client with its queries counted. */
	readonly counted: object;
	/** Queries and transactions under way: each holds a connection or waits for one. */
	running = 0;
	succeeded = 0;
	/** Whether it was ever used, and so may hold connections. */
	isUsed = false;
	readonly #report: (operation: Operation) => void;
	/** Set inside a transaction, whose queries share its connection. */
	readonly #transaction = new AsyncLocalStorage<boolean>();

	constructor(report: (operation: Operation) => void) {
		this.#report = report;
		this.counted = this.client.$extends({
			query: {
				$allOperations: ({ model, operation, args, query }) =>
					this.#count(model === undefined ? operation : \`\${model}.\${operation}\`, "query", () => query(args)),
			},
		});
	}

	/** The client's own $transaction, counted. */
	transaction(args: readonly unknown[]): Promise<unknown> {
		const begin = (): Promise<unknown> => Reflect.apply(Reflect.get(this.counted, "$transaction"), this.counted, args);
		return this.#count("$transaction", "transaction", () => this.#transaction.run(true, begin));
	}

	/** The client's own $on, which no extended client has. */
	listen(args: readonly unknown[]): void {
		Reflect.apply(Reflect.get(this.client, "$on"), this.client, args);
	}

	/** Whether the database answers through this client. A pool that is busy, but gets on with its work, is healthy too. */
	async isHealthy(): Promise<boolean> {
		const { succeeded } = this;
		this.isUsed = true;
		try {
			await within(ANSWER_TIMEOUT_MS, this.client.${ping});
			return true;
		} catch {
			return this.succeeded > succeeded;
		}
	}

	/** Closes the client once its work has ended, or after \`waitMs\`. A connection that is busy even then closes with its query. */
	async close(waitMs: number): Promise<void> {
		for (const deadline = Date.now() + waitMs; this.running > 0 && Date.now() < deadline; ) await sleep(20);
		await within(ANSWER_TIMEOUT_MS, this.client.$disconnect()).catch(() => {});
	}

	async #count<T>(name: string, kind: Operation["kind"], run: () => Promise<T>): Promise<T> {
		const connections = this.#transaction.getStore() ? 0 : 1;
		const startedAt = performance.now();
		let failed = true;
		this.isUsed = true;
		this.running += connections;
		try {
			const result = await run();
			failed = false;
			this.succeeded++;
			return result;
		} finally {
			this.running -= connections;
			this.#report({ name, kind, durationMs: performance.now() - startedAt, failed });
		}
	}
}

/** Rejects when the work takes longer. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
	const late = sleep(ms, undefined, { ref: false }).then(() => {
		throw new Error(\`No answer within \${ms} ms.\`);
	});
	return Promise.race([work, late]);
}
`;
