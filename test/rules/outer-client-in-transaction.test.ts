import { describe, expect, it } from "vitest";
import { check, type Files, places } from "./support.js";

const RULE = "outer-client-in-transaction";
const DB: Files = { "src/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n' };

/** Lines with `// !` are where the rule must speak. */
async function expectMarked(files: Files): Promise<void> {
	const marked = Object.entries(files).flatMap(([file, text]) =>
		text.split("\n").flatMap((line, index) => (line.includes("// !") ? [`${file}:${index + 1}`] : [])),
	);
	expect([...places(await check({ ...DB, ...files }), RULE)].sort()).toEqual(marked.sort());
}

describe("finds the outer client inside a transaction", () => {
	it("used directly, over several lines, raw, and in a nested transaction", () =>
		expectMarked({
			"src/orders.ts": `import { prisma } from "./db.js";
export async function place(id: string) {
	await prisma.$transaction(async (tx) => {
		await prisma.order.update({ where: { id }, data: {} }); // !
		const rows = await prisma // !
			.order
			.findMany({ where: { id } });
		await prisma.$queryRaw\`SELECT \${rows.length}\`; // !
		await prisma.$transaction(async (inner) => { // !
			await inner.order.count();
		});
		await tx.order.count();
	});
}
`,
		}));

	it("in Promise.all, in a loop's callback, in a local async function and in a retry helper", () =>
		expectMarked({
			"src/orders.ts": `import { prisma } from "./db.js";
async function withRetries<T>(work: () => Promise<T>): Promise<T> { return work(); }
export async function place(ids: string[]) {
	return prisma.$transaction(async (tx) => {
		const save = async (id: string) => {
			await prisma.order.update({ where: { id }, data: {} }); // !
		};
		await save("1");
		await Promise.all([tx.order.count(), prisma.order.count()]); // !
		await Promise.all(ids.map((id) => prisma.order.delete({ where: { id } }))); // !
		await Promise.all(ids.map(async (id) => {
			await prisma.order.delete({ where: { id } }); // !
		}));
		await withRetries(() => prisma.order.count()); // !
		const pending = prisma.order.count(); // !
		await pending;
		return prisma.order.findFirst(); // !
	});
}
`,
		}));

	it("through a helper of another file that was not given the transaction", () =>
		expectMarked({
			"src/users.ts": `import type { Prisma } from "@prisma/client";
import { prisma } from "./db.js";
export async function findUser(id: string, tx?: Prisma.TransactionClient) {
	const db = tx ?? prisma;
	return db.user.findUnique({ where: { id } });
}
export async function touch(id: string, db: Prisma.TransactionClient = prisma) {
	await db.user.update({ where: { id }, data: {} });
}
export const log = async (text: string, options: { tx?: Prisma.TransactionClient } = {}) => {
	await (options.tx || prisma).log.create({ data: { text } });
};
export async function deep(id: string) {
	return findUser(id);
}
`,
			"src/orders.ts": `import { prisma } from "./db.js";
import { deep, findUser, log, touch } from "./users.js";
export async function place(id: string) {
	await prisma.$transaction(async (tx) => {
		await findUser(id); // !
		await touch(id); // !
		await log("placed"); // !
		await deep(id); // !
		await findUser(id, tx);
		await touch(id, tx);
		await log("placed", { tx });
	});
}
`,
		}));

	it("through classes: an injected service, an inherited repository, a PrismaService", () =>
		expectMarked({
			"package.json": '{"name":"app","dependencies":{"@prisma/client":"6.12.0","@nestjs/common":"11.0.0"}}',
			"src/prisma.service.ts": `import { Injectable } from "@nestjs/common";
import { PrismaClient } from "@prisma/client";
@Injectable()
export class PrismaService extends PrismaClient {}
`,
			"src/audit.service.ts": `import { PrismaService } from "./prisma.service";
export class AuditService {
	constructor(private readonly prisma: PrismaService) {}
	async record(text: string) { await this.prisma.audit.create({ data: { text } }); }
}
`,
			"src/base.repository.ts": `import { PrismaService } from "./prisma.service";
export abstract class BaseRepository {
	constructor(protected readonly prisma: PrismaService) {}
	async count() { return this.prisma.order.count(); }
}
`,
			"src/orders.service.ts": `import { AuditService } from "./audit.service";
import { BaseRepository } from "./base.repository";
import { PrismaService } from "./prisma.service";
export class OrdersService extends BaseRepository {
	constructor(prisma: PrismaService, private readonly audit: AuditService) { super(prisma); }
	async place() {
		return this.prisma.$transaction(async (tx) => {
			await this.prisma.order.create({ data: {} }); // !
			await this.audit.record("placed"); // !
			await this.count(); // !
			await tx.order.count();
		});
	}
}
`,
		}));

	it("in a named callback, in CommonJS and where the client's module is not there", () =>
		expectMarked({
			"src/move.js": `const { db } = require("@acme/database");
async function move(tx) {
	await db.account.update({ data: {} }); // !
	await tx.account.update({ data: {} });
}
module.exports.run = () => db.$transaction(move, { timeout: 8000 });
`,
			"src/context.ts": `export const create = (ctx: Context) =>
	ctx.prisma.$transaction(async (tx) => {
		const { prisma } = ctx;
		await prisma.post.create({ data: {} }); // !
		await ctx.prisma.post.count(); // !
	});
`,
		}));

	it("in the callback of a wrapper function, whichever argument it is, across files", () =>
		expectMarked({
			"src/transaction.ts": `import { prisma } from "./db.js";
export async function $transaction(client: typeof prisma, name: string, fn: (tx: unknown) => Promise<unknown>, options = {}) {
	console.log(name);
	return client.$transaction((tx) => fn(tx), options);
}
export const inTransaction = (work: (tx: unknown) => Promise<unknown>) => prisma.$transaction(work);
`,
			"src/orders.ts": `import { prisma } from "./db.js";
import { $transaction, inTransaction } from "./transaction.js";
export async function place() {
	await $transaction(prisma, "place", async (tx) => {
		await prisma.order.count(); // !
		await tx.order.count();
	});
	await inTransaction(async (db) => {
		await prisma.order.count(); // !
		await db.order.count();
	});
}
`,
			"src/unpublished.ts": `import { runTransaction } from "@acme/tx";
import { prisma } from "./db.js";
export const place = () => runTransaction(async (tx) => {
	await tx.order.findFirst();
	await prisma.order.count(); // !
});
`,
		}));

	it("in a bound method, and in one that is handed a repository built on the transaction", () =>
		expectMarked({
			"src/orders.ts": `import { prisma } from "./db.js";
export class Orders {
	constructor(private readonly db = prisma) {}
	async place(tx: typeof prisma) {
		await this.db.order.count(); // !
		await tx.order.count();
	}
	run() { return this.db.$transaction(this.place.bind(this)); }
	private within(work: (orders: Orders) => Promise<unknown>) {
		return this.db.$transaction(async (tx) => {
			const orders = new Orders(tx);
			return work(orders);
		});
	}
	count() { return this.db.order.count(); }
	both() {
		return this.within(async (orders) => {
			await orders.count();
			await this.count(); // !
		});
	}
}
`,
		}));

	it("on a client that was extended", () =>
		expectMarked({
			"src/extended.ts": `import { prisma } from "./db.js";
const extended = prisma.$extends({ name: "soft-delete" });
export const place = () => extended.$transaction(async (tx) => {
	await extended.order.count(); // !
	await prisma.order.count(); // !
	await tx.order.count();
});
`,
		}));

	it("names the helper, the outer client and what to do", async () => {
		const findings = await check({
			...DB,
			"src/users.ts": `import { prisma } from "./db.js";
export const findUser = (id: string, tx = prisma) => tx.user.findUnique({ where: { id } });
`,
			"src/orders.ts": `import { prisma } from "./db.js";
import { findUser } from "./users.js";
export const place = () => prisma.$transaction(async (trx) => {
	await prisma.order.count();
	await findUser("1");
	await trx.order.count();
});
`,
		});
		const [direct, helper] = findings.filter(({ rule }) => rule === RULE);
		expect(direct).toMatchObject({ severity: "error", line: 4, column: 8, fixes: ["use-tx-client"] });
		expect(direct?.message).toContain("Use trx instead");
		expect(helper).toMatchObject({ line: 5, column: 8, fixes: ["use-tx-client"] });
		expect(helper?.message).toContain("findUser() runs a query on tx, outside the transaction because it is given no transaction");
		expect(helper?.related.map(({ file, line }) => `${file}:${line}`)).toEqual(["src/users.ts:2", "src/orders.ts:3"]);
	});
});

describe("stays quiet", () => {
	it("where helpers and services take the transaction", () =>
		expectMarked({
			"src/users.ts": `import { PrismaClient } from "@prisma/client";
export class PrismaService extends PrismaClient {
	async lockUser(tx: { $queryRaw: (text: TemplateStringsArray, id: string) => Promise<unknown> }, id: string) {
		await tx.$queryRaw\`SELECT 1 FROM "User" WHERE id = \${id} FOR UPDATE\`;
	}
}
export class Users {
	constructor(private readonly prisma: PrismaService) {}
	async move(id: string) {
		await this.prisma.$transaction(async (tx) => {
			await this.prisma.lockUser(tx, id);
			await new Accounts(tx).close(id);
			await accountsOf({ client: tx }).close(id);
			const accounts = new Accounts(tx);
			await accounts.close(id);
		});
	}
}
class Accounts {
	constructor(private readonly db: PrismaService) {}
	async close(id: string) { await this.db.account.delete({ where: { id } }); }
}
const accountsOf = ({ client }: { client: PrismaService }) => new Accounts(client);
`,
		}));

	it("where the transaction's parameter shadows the outer client", () =>
		expectMarked({
			"src/orders.ts": `import { prisma } from "./db.js";
export const place = (client = prisma) => prisma.$transaction(async (prisma) => {
	await prisma.order.count();
	await client.$transaction(async (client) => client.order.count()); // !
});
export const renamed = () => prisma.$transaction(async (transaction) => {
	const { order } = transaction;
	await order.count();
	await transaction.order.count();
});
`,
		}));

	it("on the batch form, also through an expression", () =>
		expectMarked({
			"src/orders.ts": `import { prisma } from "./db.js";
export async function all(ids: string[]) {
	await prisma.$transaction([prisma.order.count(), prisma.order.deleteMany()]);
	await prisma.$transaction(ids.map((id) => prisma.order.delete({ where: { id } })));
	const queries = ids.map((id) => prisma.order.delete({ where: { id } }));
	await prisma.$transaction(queries);
}
`,
		}));

	it("on work the transaction does not await, and on work around it", () =>
		expectMarked({
			"src/orders.ts": `import { prisma } from "./db.js";
export async function place(ids: string[]) {
	await prisma.order.count();
	await prisma.$transaction(async (tx) => {
		await tx.order.count();
		void prisma.log.create({ data: {} });
		prisma.log.create({ data: {} }).catch(() => undefined);
		ids.forEach(async (id) => { await prisma.log.create({ data: { id } }); });
		setTimeout(async () => { await prisma.log.create({ data: {} }); }, 10);
	});
	await prisma.order.count();
}
`,
		}));

	it("where a helper opens a transaction only when it is given none", () =>
		expectMarked({
			"src/orders.ts": `import type { Prisma } from "@prisma/client";
import { prisma } from "./db.js";
async function work(tx: Prisma.TransactionClient) { await tx.order.count(); }
export async function either(tx?: Prisma.TransactionClient) {
	if (tx) return work(tx);
	return prisma.$transaction((inner) => work(inner));
}
export async function other(db: Prisma.TransactionClient | typeof prisma = prisma) {
	if ("$transaction" in db) return db.$transaction((inner) => work(inner));
	return work(db);
}
export const place = () => prisma.$transaction(async (tx) => {
	await either(tx);
	await other(tx);
});
export const fresh = () => prisma.$transaction(async (tx) => {
	await either(); // !
	await work(tx);
});
`,
		}));

	it("where a factory closes over the transaction it is given", () =>
		expectMarked({
			"src/log.ts": `import { prisma } from "./db.js";
export const logger = (db = prisma) => ({ write: async (text: string) => { await db.log.create({ data: { text } }); } });
`,
			"src/orders.ts": `import { prisma } from "./db.js";
import { logger } from "./log.js";
export const place = () => prisma.$transaction(async (tx) => {
	const log = logger(tx);
	await log.write("a");
	await logger(tx).write("b");
});
`,
		}));

	it("where the client is chosen at run time, or belongs to a replica or another database", () =>
		expectMarked({
			"src/current.ts": `import { AsyncLocalStorage } from "node:async_hooks";
import { prisma } from "./db.js";
const store = new AsyncLocalStorage<typeof prisma>();
export const current = () => store.getStore() ?? prisma;
export const replica = prisma;
export class Unit {
	get db() { return store.getStore() ?? prisma; }
	async count() { return this.db.order.count(); }
}
`,
			"src/orders.ts": `import { PrismaClient as Events } from "@acme/events-client";
import { current, replica, Unit } from "./current.js";
import { prisma } from "./db.js";
const events = new Events();
const unit = new Unit();
export const place = () => prisma.$transaction(async (tx) => {
	await current().order.count();
	await unit.count();
	await replica.order.count();
	await events.event.create({ data: {} });
	await tx.order.count();
});
`,
		}));

	it("in tests, seeds and scripts", () =>
		expectMarked({
			"prisma/seed.ts": `import { prisma } from "../src/db.js";
await prisma.$transaction(async (tx) => { await prisma.order.count(); await tx.order.count(); });
`,
			"src/orders.test.ts": `import { prisma } from "./db.js";
await prisma.$transaction(async (tx) => { await prisma.order.count(); await tx.order.count(); });
`,
		}));

	it("and comes to an end on functions that call each other", () =>
		expectMarked({
			"src/tree.ts": `import { prisma } from "./db.js";
async function walk(id: string, tx: typeof prisma | undefined): Promise<void> {
	const db = tx ?? prisma;
	for (const child of await db.node.findMany({ where: { id } })) await visit(child.id, tx);
}
async function visit(id: string, tx?: typeof prisma): Promise<void> {
	await walk(id, tx);
	await visit(id, tx);
}
export const all = () => prisma.$transaction(async (tx) => {
	await visit("root", tx);
	await visit("root"); // !
});
`,
		}));

	it("says to take the transaction's client where the callback takes none", async () => {
		const [finding] = (
			await check({
				"src/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
				"src/orders.ts":
					'import { prisma } from "./db.js";\nexport const place = () => prisma.$transaction(async () => {\n\tawait prisma.order.count();\n});\n',
			})
		).filter(({ rule }) => rule === RULE);
		expect(finding?.message).toContain("Take the transaction's client as the callback's parameter, and use it here.");
	});
});
