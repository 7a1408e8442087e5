import { describe, expect, it } from "vitest";
import { check, type Files, places } from "./support.js";

const RULE = "uncleared-interval";
const IMPORT = `import { PrismaClient } from "@prisma/client";\n`;

const found = async (files: Files): Promise<readonly string[]> => places(await check(files), RULE);

const tracker = (start: string, rest = ""): string =>
	`${IMPORT}export class Tracker {\n  private timer;\n  private prisma = new PrismaClient();\n  constructor() { this.start(); }\n  start() {\n    ${start}\n  }\n  flush() {}\n  ${rest}\n}\n`;
const HANDLER = `import { Tracker } from "./tracker.js";\nexport async function list(req, res) {\n  const tracker = new Tracker();\n  res.json(tracker);\n}\n`;

describe(`${RULE} finds`, () => {
	it("a dropped handle in a class that a handler builds, and says so", async () => {
		const findings = await check({ "src/tracker.ts": tracker("setInterval(() => this.flush(), 5_000);"), "src/list.ts": HANDLER });
		const finding = findings.find(({ rule }) => rule === RULE);
		expect(finding).toMatchObject({
			severity: "warning",
			file: "src/tracker.ts",
			line: 7,
			column: 5,
			endColumn: 16,
			fixes: ["clear-interval"],
		});
		expect(finding?.message).toBe(
			"Each Tracker starts an interval, Tracker is built per request, and nothing clears it. It runs for ever and keeps all it refers to, clients too. Keep the handle and clear it when its owner is done, or start one interval for the whole process.",
		);
	});

	it("a stored handle that nothing clears", async () => {
		expect(
			await found({ "src/tracker.ts": tracker("this.timer = setInterval(() => this.flush(), 5_000);"), "src/list.ts": HANDLER }),
		).toEqual(["src/tracker.ts:7"]);
	});

	it("an interval behind unref", async () => {
		expect(await found({ "src/tracker.ts": tracker("setInterval(() => this.flush(), 5_000).unref();"), "src/list.ts": HANDLER })).toEqual([
			"src/tracker.ts:7",
		]);
	});

	it("a class built by another class that a handler builds", async () => {
		expect(
			await found({
				"src/tracker.ts": tracker("setInterval(() => this.flush(), 5_000);"),
				"src/controller.ts": `import { Tracker } from "./tracker.js";\nexport class Controller { private tracker = new Tracker(); }\n`,
				"src/list.ts": `import { Controller } from "./controller.js";\nexport async function list(req, res) {\n  res.json(new Controller());\n}\n`,
			}),
		).toEqual(["src/tracker.ts:7"]);
	});

	const TYPED = (body: string, head = ""): string =>
		`import type { PrismaClient } from "@prisma/client";\n${head}export class Rooms${body}\n`;
	const APP = `import express from "express";\nimport { prisma } from "./db.js";\nimport { Rooms } from "./rooms.js";\nconst app = express();\napp.get("/", async (req, res) => res.json(await new Rooms(prisma).list()));\napp.listen(3000);\n`;
	const BESIDE: Readonly<Record<string, Files>> = {
		"of a class that a handler builds with the shared client": {
			"src/rooms.ts": TYPED(
				` {\n  constructor(private prisma: PrismaClient) { setInterval(() => this.list(), 1000); }\n  list() { return this.prisma.room.findMany(); }\n}`,
			),
		},
		"of a class in a file without a word of Prisma, which such a class builds": {
			"src/rooms.ts": TYPED(
				` {\n  private ticker = new Ticker(() => this.list());\n  constructor(private prisma: PrismaClient) {}\n  list() { return this.prisma.room.findMany(); }\n}`,
				`import { Ticker } from "./ticker.js";\n`,
			),
			"src/ticker.ts": `export class Ticker {\n  private timer;\n  constructor(run: () => void) {\n    this.timer = setInterval(run, 1000);\n  }\n}\n`,
		},
		"of a class in a file without a word of Prisma, which such a class extends": {
			"src/rooms.ts": TYPED(
				` extends Ticking {\n  constructor(private prisma: PrismaClient) { super(); }\n  list() { return this.prisma.room.findMany(); }\n}`,
				`import { Ticking } from "./ticking.js";\n`,
			),
			"src/ticking.ts": `export abstract class Ticking {\n  constructor() {\n    this.start();\n  }\n  private start() { setInterval(() => this.list(), 1000); }\n  abstract list(): unknown;\n}\n`,
		},
	};
	it.each(Object.entries(BESIDE))("an interval %s", async (_form, files) => {
		const db = `${IMPORT}export const prisma = new PrismaClient();\n`;
		expect(await found({ "src/db.ts": db, "src/app.ts": APP, ...files })).toHaveLength(1);
	});

	it("an interval of a handler, in CommonJS", async () => {
		expect(
			await found({
				"package.json": `{"dependencies":{"@prisma/client":"6.12.0","express":"5.0.0"}}`,
				"src/app.js": `const { PrismaClient } = require("@prisma/client");\nconst prisma = new PrismaClient();\nconst app = require("express")();\napp.get("/", (req, res) => {\n  setInterval(() => prisma.room.count(), 1000);\n  res.end();\n});\n`,
			}),
		).toEqual(["src/app.js:5"]);
	});

	it("a method that overwrites the handle of the interval before", async () => {
		expect(
			await found({
				"src/monitor.ts": `export class ConnectionMonitor {\n  private timer;\n  initialise() {\n    this.watch();\n  }\n  private watch() {\n    this.timer = setInterval(() => this.check(), 1000);\n  }\n  check() {}\n}\n`,
			}),
		).toEqual(["src/monitor.ts:7"]);
	});
});

describe(`${RULE} leaves alone`, () => {
	const QUIET: Readonly<Record<string, Files>> = {
		"a handle that a method clears": {
			"src/tracker.ts": tracker("this.timer = setInterval(() => this.flush(), 5_000);", "stop() { clearInterval(this.timer); }"),
			"src/list.ts": HANDLER,
		},
		"a handle cleared when the request ends": {
			"src/list.ts": `${IMPORT}const prisma = new PrismaClient();\nexport function events(req, res) {\n  const timer = setInterval(() => prisma.room.count(), 1000);\n  req.on("close", () => clearInterval(timer));\n}\n`,
		},
		"a handle that is returned": {
			"src/list.ts": `${IMPORT}const prisma = new PrismaClient();\nfunction poll() { const timer = setInterval(() => prisma.room.count(), 1000); return timer; }\nexport function events(req, res) { const stop = poll(); req.on("close", () => clearInterval(stop)); }\n`,
		},
		"one interval for the process": {
			"src/db.ts": `${IMPORT}export const prisma = new PrismaClient();\nsetInterval(() => prisma.room.count(), 1000);\n`,
		},
		"a class built once": {
			"src/tracker.ts": tracker("setInterval(() => this.flush(), 5_000);"),
			"src/list.ts": `import { Tracker } from "./tracker.js";\nexport const tracker = new Tracker();\n`,
		},
		"a singleton": {
			"src/tracker.ts": `${tracker("this.timer = setInterval(() => this.flush(), 5_000);")}let one: Tracker | undefined;\nexport const tracker = () => (one ??= new Tracker());\n`,
			"src/list.ts": `import { tracker } from "./tracker.js";\nexport async function list(req, res) { res.json(tracker()); }\n`,
		},
		"a method that looks first": {
			"src/monitor.ts": `export class ConnectionMonitor {\n  private timer;\n  watch() {\n    if (this.timer) return;\n    this.timer = setInterval(() => this.check(), 1000);\n  }\n  check() {}\n}\n`,
		},
		"a method that a module calls once": {
			"src/monitor.ts": `class ConnectionMonitor {\n  private timer;\n  watch() {\n    this.timer = setInterval(() => this.check(), 1000);\n  }\n  check() {}\n}\nconst monitor = new ConnectionMonitor();\nmonitor.watch();\n`,
		},
		"a component": {
			"src/view.tsx": `"use client";\nimport type { PrismaClient } from "@prisma/client";\nexport function View(req, res) { setInterval(() => {}, 1000); return null; }\n`,
		},
	};
	it.each(Object.entries(QUIET))("%s", async (_form, files) => {
		expect(await found(files)).toEqual([]);
	});
});
