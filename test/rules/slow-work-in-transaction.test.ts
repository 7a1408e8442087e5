import { describe, expect, it } from "vitest";
import { check, type Files, places } from "./support.js";

const RULE = "slow-work-in-transaction";
const DB: Files = { "src/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n' };

/** Lines with `// !` are where the rule must speak. */
async function expectMarked(files: Files): Promise<void> {
	const marked = Object.entries(files).flatMap(([file, text]) =>
		text.split("\n").flatMap((line, index) => (line.includes("// !") ? [`${file}:${index + 1}`] : [])),
	);
	expect([...places(await check({ ...DB, ...files }), RULE)].sort()).toEqual(marked.sort());
}

/** A transaction with this body, in a file with these imports. */
function inTransaction(imports: string, body: string): Files {
	return {
		"src/orders.ts": `${imports}
import { prisma } from "./db.js";
export async function place(id: string, items: string[]) {
	return prisma.$transaction(async (tx) => {
		await tx.order.findUnique({ where: { id } });
${body}
	});
}
`,
	};
}

const SERVICES: Readonly<Record<string, readonly [imports: string, statement: string]>> = {
	"the global fetch": ["", 'await fetch("https://example.com");'],
	"fetch in a chain": ["", 'const rate = await fetch("https://example.com").then((response) => response.json());'],
	axios: ['import axios from "axios";', 'await axios.post("https://example.com", {});'],
	"an axios instance": ['import axios from "axios";\nconst api = axios.create({});', 'await api.get("/rates");'],
	got: ['const got = require("got");', 'const { body } = await got("https://example.com");'],
	undici: ['import { request } from "undici";', 'await request("https://example.com");'],
	Stripe: ['import Stripe from "stripe";\nconst stripe = new Stripe("");', "await stripe.paymentIntents.create({ amount: 1 });"],
	"Stripe by require": ['const stripe = require("stripe")(process.env.KEY);', "await stripe.charges.create({ amount: 1 });"],
	"an S3 command": [
		'import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";\nconst s3 = new S3Client({});',
		"await s3.send(new PutObjectCommand({}));",
	],
	"a Google bucket": [
		'import { Storage } from "@google-cloud/storage";\nconst bucket = new Storage().bucket("files");',
		'await bucket.file("a").save("b");',
	],
	nodemailer: [
		'import nodemailer from "nodemailer";\nconst mailer = nodemailer.createTransport({});',
		'await mailer.sendMail({ to: "a@example.com" });',
	],
	resend: ['import { Resend } from "resend";\nconst resend = new Resend("");', "await resend.emails.send({});"],
	twilio: ['import twilio from "twilio";\nconst sms = twilio("", "");', "await sms.messages.create({});"],
	openai: ['import OpenAI from "openai";\nconst ai = new OpenAI();', "await ai.chat.completions.create({});"],
	"a bullmq queue": ['import { Queue } from "bullmq";\nconst queue = new Queue("mail");', 'await queue.add("welcome", {});'],
	"a Kafka producer": [
		'import { Kafka } from "kafkajs";\nconst producer = new Kafka({ brokers: [] }).producer();',
		'await producer.send({ topic: "a", messages: [] });',
	],
	ioredis: ['import Redis from "ioredis";\nconst redis = new Redis();', 'await redis.set("a", "b");'],
	"a redis pipeline": ['import Redis from "ioredis";\nconst redis = new Redis();', 'await redis.multi().set("a", "b").exec();'],
	"an ethers contract": ['import { ethers } from "ethers";\nconst token = new ethers.Contract("", []);', 'await token.transfer("0x0", 1);'],
	"fs/promises": ['import { readFile } from "node:fs/promises";', 'await readFile("template.html");'],
	"fs.promises": ['import fs from "fs";', 'await fs.promises.writeFile("a", "b");'],
	"a promisified exec": [
		'import { exec } from "node:child_process";\nimport { promisify } from "node:util";\nconst run = promisify(exec);',
		'await run("convert a.png b.png");',
	],
	execSync: ['import { execSync } from "node:child_process";', 'execSync("convert a.png b.png");'],
	"a timer promise": ['import { setTimeout } from "node:timers/promises";', "await setTimeout(500);"],
	"a sleep": ["", "await new Promise((resolve) => setTimeout(resolve, 500));"],
	"a sleep with a value": ["", 'await new Promise((resolve) => setTimeout(() => resolve("done"), 500));'],
	"an unlisted SDK that is built with keys": [
		'import { Ledger } from "acme-ledger";\nconst ledger = new Ledger({ apiKey: process.env.LEDGER_KEY });',
		"await ledger.entries.post({});",
	],
};

describe("finds slow work that a transaction waits for", () => {
	for (const [name, [imports, statement]] of Object.entries(SERVICES))
		it(name, () => expectMarked(inTransaction(imports, `\t\t${statement} // !`)));

	it("in Promise.all, retries, loops and names awaited later", () =>
		expectMarked(
			inTransaction(
				'import axios from "axios";\nimport { withRetries } from "./retries.js";',
				`		await Promise.all([tx.order.count(), axios.get("/a")]); // !
		await Promise.all(items.map((item) => axios.get(item))); // !
		await Promise.all(items.map(async (item) => {
			await axios.get(item); // !
		}));
		await withRetries(() => axios.get("/b")); // !
		for (const item of items) {
			await axios.get(item); // !
		}
		const pending = axios.get("/c"); // !
		await pending;
		const jobs = [];
		jobs.push(axios.get("/d")); // !
		await Promise.all(jobs);
		return axios.get("/e"); // !`,
			),
		));

	it("through helpers, classes and sleep functions of other files, at the call in the transaction", () =>
		expectMarked({
			"src/http.ts": `import axios from "axios";
const post = async (path: string) => (await axios.post(path)).data;
export async function notify(path: string) { await post(path); }
export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
export class Payments {
	constructor(private readonly stripe: Stripe) {}
	async charge(amount: number) { return this.stripe.charges.create({ amount }); }
}
import type Stripe from "stripe";
`,
			"src/cache.ts": `import { createClient } from "redis";
export const cache = createClient();
`,
			...inTransaction(
				'import { cache } from "./cache.js";\nimport { notify, Payments, sleep } from "./http.js";\nconst payments = new Payments(null);',
				`		await notify("/placed"); // !
		await sleep(500); // !
		await payments.charge(5); // !
		await cache.set("a", "b"); // !`,
			),
		}));

	it("through services that Nest injects", () =>
		expectMarked({
			"package.json": '{"name":"app","dependencies":{"@prisma/client":"6.12.0","@nestjs/common":"11.0.0"}}',
			"src/prisma.service.ts": 'import { PrismaClient } from "@prisma/client";\nexport class PrismaService extends PrismaClient {}\n',
			"src/mail.service.ts": `import { MailerService } from "@nestjs-modules/mailer";
export class MailService {
	constructor(private readonly mailer: MailerService) {}
	async welcome(to: string) { await this.mailer.sendMail({ to }); }
}
`,
			"src/users.service.ts": `import { HttpService } from "@nestjs/axios";
import { firstValueFrom } from "rxjs";
import { MailService } from "./mail.service";
import { PrismaService } from "./prisma.service";
export class UsersService {
	constructor(private prisma: PrismaService, private mail: MailService, private http: HttpService) {}
	create(to: string) {
		return this.prisma.$transaction(async (tx) => {
			await tx.user.create({ data: { to } });
			await this.mail.welcome(to); // !
			await firstValueFrom(this.http.get("/crm")); // !
		});
	}
}
`,
		}));

	it("in named callbacks and in callbacks of wrappers, in CommonJS too", () =>
		expectMarked({
			"src/transaction.js": `const { PrismaClient } = require("@prisma/client");
const prisma = new PrismaClient();
exports.withTransaction = async (name, work, options) => prisma.$transaction(async (tx) => work(tx), options);
`,
			"src/orders.js": `const axios = require("axios");
const { withTransaction } = require("./transaction");
async function place(tx) {
	await tx.order.count();
	await axios.post("/placed"); // !
}
module.exports.place = () => withTransaction("place", place);
module.exports.cancel = () => withTransaction("cancel", async (tx) => {
	await tx.order.count();
	await axios.post("/cancelled"); // !
});
`,
		}));

	it("says what is waited for, and where when a helper hides it", async () => {
		const findings = await check({
			...DB,
			"src/http.ts": 'export const notify = async () => {\n\tawait fetch("https://example.com");\n};\n',
			...inTransaction('import { notify } from "./http.js";', "\t\tawait notify();"),
		});
		const finding = findings.find(({ rule }) => rule === RULE);
		expect(finding).toMatchObject({ severity: "warning", file: "src/orders.ts", line: 6, column: 9, endColumn: 15 });
		expect(finding?.message).toContain("notify() waits for an HTTP request while the transaction is open");
		expect(finding?.related.map(({ file, line }) => `${file}:${line}`)).toEqual(["src/http.ts:2", "src/orders.ts:4"]);
	});
});

describe("stays quiet", () => {
	it("on work before and after the transaction", () =>
		expectMarked({
			"src/orders.ts": `import axios from "axios";
import { prisma } from "./db.js";
export async function place() {
	await axios.get("/before");
	await prisma.$transaction(async (tx) => { await tx.order.count(); });
	await axios.get("/after");
	await prisma.$transaction([prisma.order.count()]);
}
`,
		}));

	it("on work the transaction does not await", () =>
		expectMarked(
			inTransaction(
				'import axios from "axios";\nimport { Queue } from "bullmq";\nconst queue = new Queue("mail");',
				`		void axios.get("/a");
		axios.get("/b").catch(() => undefined);
		items.forEach(async (item) => { await axios.get(item); });
		setTimeout(() => axios.get("/c"), 1000);
		process.nextTick(async () => { await queue.add("mail", {}); });
		const later = () => axios.get("/d");
		await tx.order.update({ where: { id }, data: { later: later.name } });`,
			),
		));

	it("on helpers of SDKs that compute", () =>
		expectMarked(
			inTransaction(
				'import { parseUnits } from "viem";\nimport Stripe from "stripe";\nimport { isAxiosError } from "axios";\nconst stripe = new Stripe("");',
				`		const amount = parseUnits("1", 6);
		const event = stripe.webhooks.constructEvent("", "", "");
		await tx.order.update({ where: { id }, data: { amount: parseUnits("1", 6), bad: isAxiosError(event), amount2: amount } });`,
			),
		));

	it("on a timer that only bounds a wait, and on one of no time", () =>
		expectMarked(
			inTransaction(
				"",
				`		await Promise.race([tx.order.count(), new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 1000))]);
		await new Promise((resolve) => setTimeout(resolve, 0));`,
			),
		));

	it("on services that take the transaction and only query with it", () =>
		expectMarked({
			"src/secrets.ts": `export class SecretStore {
	constructor(private readonly options: { client: { secret: { create(options: unknown): Promise<unknown> } } }) {}
	async set(key: string) { await this.options.client.secret.create({ data: { key } }); }
}
export const secretStore = (options: { client: never }) => new SecretStore(options);
`,
			...inTransaction(
				'import { secretStore } from "./secrets.js";',
				`		const store = secretStore({ client: tx });
		await store.set("a");`,
			),
		}));

	it("in tests, seeds and scripts", () =>
		expectMarked({
			"prisma/seed.ts":
				'import { prisma } from "../src/db.js";\nawait prisma.$transaction(async (tx) => {\n\tawait fetch("https://example.com");\n\tawait tx.order.count();\n});\n',
		}));
});
