import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder on disk that goes away with `remove`. */
export interface DiskWorkspace {
	readonly root: string;
	remove(): Promise<void>;
}

export async function writeWorkspace(files: Readonly<Record<string, string>>): Promise<DiskWorkspace> {
	const root = await mkdtemp(join(tmpdir(), "leak-lens-"));
	for (const [file, text] of Object.entries(files)) {
		await mkdir(dirname(join(root, file)), { recursive: true });
		await writeFile(join(root, file), text);
	}
	return { root, remove: () => rm(root, { recursive: true, force: true }) };
}

const SCHEMA = `datasource db {
	provider = "postgresql"
}
generator client {
	provider = "prisma-client"
	output   = "../generated/prisma"
}
model Room {
	id Int @id
}
`;

const CLIENT = `import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../generated/prisma/client.js";

export const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 5_000 }) });
`;

/** A server whose rooms route makes a client beside the shared one. */
export const TWO_CLIENTS: Readonly<Record<string, string>> = {
	"package.json": JSON.stringify({
		name: "rooms",
		type: "module",
		dependencies: { express: "5.0.0", "@prisma/client": "7.10.0", "@prisma/adapter-pg": "7.10.0" },
	}),
	"prisma/schema.prisma": SCHEMA,
	"src/prisma.ts": CLIENT,
	"src/rooms.ts": `${CLIENT.replace("export const prisma", "const prisma")}
export const rooms = () => prisma.room.findMany();
`,
	"src/server.ts": `import express from "express";
import { prisma } from "./prisma.js";
import { rooms } from "./rooms.js";

const app = express();
app.get("/rooms", async (_request, response) => response.json(await rooms()));
app.get("/count", async (_request, response) => response.json(await prisma.room.count()));
app.listen(3000);
`,
};
