/** A small Express app on one Prisma client, to be varied. */

export const DB = `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`;

/** An app that mounts these routes. */
export const server = (...routes: string[]): string =>
	`import express from "express";\n${routes.map((route, index) => `import r${index} from "./routes/${route}.js";`).join("\n")}\nconst app = express();\n${routes
		.map((_, index) => `app.use(r${index});`)
		.join("\n")}\napp.listen(3000);\n`;

/** A router that queries `prisma`. */
export const route = (client: string, head = `import { PrismaClient } from "@prisma/client";`): string =>
	`import { Router } from "express";\n${head}\n${client}\nconst router = Router();\nrouter.get("/", async (req, res) => res.json(await prisma.room.findMany()));\nexport default router;\n`;
