import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/protocol/index.js";
import { check, type Files } from "./support.js";

/** A handler as its framework is given one; `make` stands where it makes a client of its own, which it queries as `db`. */
interface Handler {
	readonly dependencies: readonly string[];
	readonly file: string;
	readonly text: (make: string) => string;
}

const HANDLERS: Readonly<Record<string, Handler>> = {
	"an Express route": {
		dependencies: ["express"],
		file: "src/rooms.ts",
		text: (make) =>
			`import { Router } from "express";\nexport const router = Router();\nrouter.get("/rooms", async (a, b) => { ${make} b.json(await db.room.findMany()); });\n`,
	},
	"an Express middleware": {
		dependencies: ["express"],
		file: "src/app.ts",
		text: (make) =>
			`import express from "express";\nconst app = express();\napp.use(async (a, b, go) => { ${make} a.rooms = await db.room.count(); go(); });\napp.listen(1);\n`,
	},
	"a Fastify route": {
		dependencies: ["fastify"],
		file: "src/rooms.ts",
		text: (make) =>
			`export async function routes(fastify) { fastify.get("/rooms", async () => { ${make} return db.room.findMany(); }); }\n`,
	},
	"a Fastify route given as options": {
		dependencies: ["fastify"],
		file: "src/rooms.ts",
		text: (make) =>
			`export async function routes(fastify) { fastify.route({ method: "GET", url: "/rooms", handler: async () => { ${make} return db.room.findMany(); } }); }\n`,
	},
	"a Fastify hook": {
		dependencies: ["fastify"],
		file: "src/audit.ts",
		text: (make) =>
			`export async function audit(fastify) { fastify.addHook("preHandler", async () => { ${make} await db.log.count(); }); }\n`,
	},
	"a Koa middleware": {
		dependencies: ["koa"],
		file: "src/app.ts",
		text: (make) =>
			`import Koa from "koa";\nconst app = new Koa();\napp.use(async (ctx) => { ${make} ctx.body = await db.room.findMany(); });\napp.listen(1);\n`,
	},
	"a Koa route": {
		dependencies: ["koa", "@koa/router"],
		file: "src/rooms.ts",
		text: (make) =>
			`import Router from "@koa/router";\nexport const rooms = new Router();\nrooms.get("/rooms", async (ctx) => { ${make} ctx.body = await db.room.findMany(); });\n`,
	},
	"a Hono route": {
		dependencies: ["hono"],
		file: "src/index.ts",
		text: (make) =>
			`import { Hono } from "hono";\nconst site = new Hono();\nsite.get("/rooms", async (c) => { ${make} return c.json(await db.room.findMany()); });\nexport default site;\n`,
	},
	"a Nest controller": {
		dependencies: ["@nestjs/core", "@nestjs/common"],
		file: "src/rooms.controller.ts",
		text: (make) =>
			`import { Controller, Get } from "@nestjs/common";\n@Controller()\nexport class Rooms { @Get() list() { ${make} return db.room.findMany(); } }\n`,
	},
	"a Next route handler": {
		dependencies: ["next"],
		file: "app/api/rooms/route.ts",
		text: (make) => `export async function GET() { ${make} return Response.json(await db.room.findMany()); }\n`,
	},
	"a wrapped Next route handler": {
		dependencies: ["next"],
		file: "app/api/rooms/route.ts",
		text: (make) => `import { withAuth } from "auth";\nexport const GET = withAuth(async () => { ${make} return db.room.findMany(); });\n`,
	},
	"a Next server component": {
		dependencies: ["next"],
		file: "app/rooms/page.tsx",
		text: (make) => `export default async function Page() { ${make} return <ul>{(await db.room.findMany()).length}</ul>; }\n`,
	},
	"a Next server action": {
		dependencies: ["next"],
		file: "app/actions.ts",
		text: (make) => `export async function save() { "use server"; ${make} await db.room.create({}); }\n`,
	},
	"a Next API page": {
		dependencies: ["next"],
		file: "pages/api/rooms.ts",
		text: (make) => `export default async function list() { ${make} return db.room.findMany(); }\n`,
	},
	"a Next page's getServerSideProps": {
		dependencies: ["next"],
		file: "pages/rooms.tsx",
		text: (make) =>
			`export const getServerSideProps = async () => { ${make} return { props: { rooms: await db.room.findMany() } }; };\nexport default () => null;\n`,
	},
	"a Remix loader": {
		dependencies: ["@remix-run/node"],
		file: "app/routes/rooms.tsx",
		text: (make) => `export async function loader() { ${make} return db.room.findMany(); }\n`,
	},
	"a Remix action": {
		dependencies: ["@remix-run/node"],
		file: "app/routes/rooms.tsx",
		text: (make) => `export const action = async () => { ${make} return db.room.create({}); };\n`,
	},
	"a SvelteKit endpoint": {
		dependencies: ["@sveltejs/kit"],
		file: "src/routes/api/rooms/+server.ts",
		text: (make) => `export const GET = async () => { ${make} return new Response(await db.room.count()); };\n`,
	},
	"a SvelteKit load function": {
		dependencies: ["@sveltejs/kit"],
		file: "src/routes/rooms/+page.server.ts",
		text: (make) => `export const load = async () => { ${make} return { rooms: await db.room.findMany() }; };\n`,
	},
	"a SvelteKit form action": {
		dependencies: ["@sveltejs/kit"],
		file: "src/routes/rooms/+page.server.ts",
		text: (make) => `export const actions = { default: async () => { ${make} await db.room.create({}); } };\n`,
	},
	"a SvelteKit hook": {
		dependencies: ["@sveltejs/kit"],
		file: "src/hooks.server.ts",
		text: (make) =>
			`export const handle = async ({ event, resolve }) => { ${make} event.locals.rooms = await db.room.count(); return resolve(event); };\n`,
	},
	"a Nuxt handler": {
		dependencies: ["nuxt"],
		file: "server/api/rooms.get.ts",
		text: (make) => `export default defineEventHandler(async () => { ${make} return db.room.findMany(); });\n`,
	},
	"a Nitro route": {
		dependencies: ["nitropack"],
		file: "server/routes/rooms.ts",
		text: (make) =>
			`import { eventHandler } from "h3";\nexport default eventHandler(async () => { ${make} return db.room.findMany(); });\n`,
	},
	"a tRPC procedure": {
		dependencies: ["@trpc/server"],
		file: "src/router.ts",
		text: (make) =>
			`import { publicProcedure } from "./trpc";\nexport const list = publicProcedure.input({}).query(async () => { ${make} return db.room.findMany(); });\n`,
	},
	"a tRPC context": {
		dependencies: ["@trpc/server"],
		file: "src/context.ts",
		text: (make) => `export async function createContext() { ${make} return { user: await db.user.findFirst() }; }\n`,
	},
	"a GraphQL resolver": {
		dependencies: ["graphql", "@apollo/server"],
		file: "src/resolvers.ts",
		text: (make) => `export const resolvers = { Query: { rooms: async () => { ${make} return db.room.findMany(); } } };\n`,
	},
	"a GraphQL field resolver": {
		dependencies: ["graphql", "@apollo/server"],
		file: "src/resolvers.ts",
		text: (make) =>
			`export const resolvers = { Room: { guests: async (room) => { ${make} return db.guest.findMany({ where: { room: room.id } }); } } };\n`,
	},
	"a GraphQL context": {
		dependencies: ["graphql", "@apollo/server"],
		file: "src/context.ts",
		text: (make) =>
			`import { ApolloServer } from "@apollo/server";\nimport { startStandaloneServer } from "@apollo/server/standalone";\nstartStandaloneServer(new ApolloServer({}), { context: async () => { ${make} return { db }; } });\n`,
	},
	"a Nest GraphQL resolver": {
		dependencies: ["@nestjs/core", "@nestjs/graphql"],
		file: "src/rooms.resolver.ts",
		text: (make) =>
			`import { Query, Resolver } from "@nestjs/graphql";\n@Resolver()\nexport class Rooms { @Query() async rooms() { ${make} return db.room.findMany(); } }\n`,
	},
	"a Lambda handler": {
		dependencies: ["@types/aws-lambda"],
		file: "src/list.ts",
		text: (make) => `export const handler = async () => { ${make} return db.room.findMany(); };\n`,
	},
	"a bullmq worker": {
		dependencies: ["bullmq"],
		file: "src/worker.ts",
		text: (make) => `import { Worker } from "bullmq";\nnew Worker("mail", async () => { ${make} await db.mail.findMany(); });\n`,
	},
	"a bull queue's processor": {
		dependencies: ["bull"],
		file: "src/worker.ts",
		text: (make) =>
			`import Queue from "bull";\nconst mails = new Queue("mail");\nmails.process(async (job) => { ${make} await db.mail.findMany(); });\n`,
	},
	"a Nest queue's processor": {
		dependencies: ["@nestjs/core", "@nestjs/bull"],
		file: "src/mail.processor.ts",
		text: (make) =>
			`import { Process, Processor } from "@nestjs/bull";\n@Processor("mail")\nexport class Mail { @Process() async send() { ${make} await db.mail.findMany(); } }\n`,
	},
	"a node-cron job": {
		dependencies: ["node-cron"],
		file: "src/jobs.ts",
		text: (make) => `import cron from "node-cron";\ncron.schedule("* * * * *", async () => { ${make} await db.room.count(); });\n`,
	},
	"a cron package's job": {
		dependencies: ["cron"],
		file: "src/jobs.ts",
		text: (make) =>
			`import { CronJob } from "cron";\nnew CronJob("* * * * *", async () => { ${make} await db.room.count(); }, null, true);\n`,
	},
	"a Nest cron method": {
		dependencies: ["@nestjs/core", "@nestjs/schedule"],
		file: "src/jobs.service.ts",
		text: (make) =>
			`import { Cron } from "@nestjs/schedule";\nexport class Jobs { @Cron("* * * * *") async sweep() { ${make} await db.room.count(); } }\n`,
	},
	"a Kafka consumer": {
		dependencies: ["kafkajs"],
		file: "src/consumer.ts",
		text: (make) => `export const listen = (consumer) => consumer.run({ eachMessage: async () => { ${make} await db.room.count(); } });\n`,
	},
	"a server function": {
		dependencies: ["@tanstack/react-start"],
		file: "src/rooms.ts",
		text: (make) =>
			`import { createServerFn } from "@tanstack/react-start";\nexport const rooms = createServerFn().handler(async () => { ${make} return db.room.findMany(); });\n`,
	},
	"a socket listener": {
		dependencies: ["socket.io"],
		file: "src/ws.ts",
		text: (make) => `export function listen(io) { io.on("connection", async () => { ${make} await db.room.count(); }); }\n`,
	},
	"an interval": {
		dependencies: ["express"],
		file: "src/poll.ts",
		text: (make) => `setInterval(async () => { ${make} await db.room.count(); }, 1000);\nexport {};\n`,
	},
};

const app = ({ dependencies, file }: Handler, text: string): Files => ({
	"package.json": JSON.stringify({
		dependencies: Object.fromEntries([["@prisma/client", "6.12.0"], ...dependencies.map((name) => [name, "1.0.0"])]),
	}),
	"lib/db.ts": `import { PrismaClient } from "@prisma/client";\nexport const db = new PrismaClient();\n`,
	[file]: text,
});

const found = async (files: Files): Promise<readonly Finding[]> => (await check(files)).filter(({ rule }) => rule === "client-per-call");

describe("client-per-call finds a client made in", () => {
	it.each(Object.entries(HANDLERS))("%s", async (_name, handler) => {
		const own = handler.text("const db = new PrismaClient();");
		const findings = await found(app(handler, `import { PrismaClient } from "@prisma/client";\n${own}`));
		expect(findings).toMatchObject([{ severity: "error", file: handler.file }]);
		expect(findings[0]?.message).toMatch(/^This (handler|job|listener) makes a PrismaClient (per|each)/);
	});
});

describe("client-per-call stays quiet about the shared client in", () => {
	it.each(Object.entries(HANDLERS))("%s", async (_name, handler) => {
		const up = "../".repeat(handler.file.split("/").length - 1);
		expect(await found(app(handler, `import { db } from "${up}lib/db";\n${handler.text("")}`))).toEqual([]);
	});
});
