import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Files of the generated workspace: a server of the size at which a slow tool is noticed. */
const SERVICES = 400;
const PLAIN_PER_SERVICE = 8;
/** A file of 1,000 lines; its last function holds findings. */
export const LARGE_FILE = "src/services/large.ts";

/** Writes the workspace of `generatedFiles` to an empty folder. */
export async function generateWorkspace(root: string): Promise<void> {
	const files = generatedFiles();
	for (const folder of new Set([...files.keys()].map((path) => dirname(path)))) await mkdir(join(root, folder), { recursive: true });
	await Promise.all([...files].map(([path, text]) => writeFile(join(root, path), text)));
}

/**
 * The texts, by path, of a workspace of 4,000 files: 400 services that use the shared client (every tenth makes its own), a route for
 * each, and modules that never touch Prisma. The same files every time.
 */
export function generatedFiles(): ReadonlyMap<string, string> {
	const files = new Map<string, string>([
		[
			"package.json",
			'{"name":"bench","type":"module","dependencies":{"@prisma/client":"7.10.0","@prisma/adapter-pg":"7.10.0","express":"5.0.0"}}',
		],
		["tsconfig.json", '{"compilerOptions":{"module":"NodeNext","strict":true,"baseUrl":".","paths":{"@/*":["src/*"]}}}'],
		[
			"prisma/schema.prisma",
			'generator client {\n  provider = "prisma-client"\n  output   = "../src/generated/prisma"\n}\ndatasource db {\n  provider = "postgresql"\n}\n',
		],
		["src/lib/db.ts", DB],
		["src/server.ts", server()],
	]);
	for (let index = 0; index < SERVICES; index++) {
		files.set(`src/services/service${index}.ts`, service(index, 6));
		files.set(`src/routes/route${index}.ts`, route(index));
		for (let part = 0; part < PLAIN_PER_SERVICE; part++) files.set(`src/domain/d${index}/part${part}.ts`, plain(index, part));
	}
	files.set(LARGE_FILE, service(SERVICES, 90) + SLOW_TRANSACTION);
	return files;
}

const DB = `import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../generated/prisma/client.js";

export const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, max: 5 }) });
`;

function server(): string {
	const indices = Array.from({ length: SERVICES }, (_, index) => index);
	return `import express from "express";\n${indices.map((index) => `import route${index} from "./routes/route${index}.js";`).join("\n")}\n\nconst app = express();\n${indices
		.map((index) => `app.use("/r${index}", route${index});`)
		.join("\n")}\napp.listen(3000);\n`;
}

function service(index: number, methods: number): string {
	const own = index % 10 === 3;
	const head = own
		? `import { PrismaClient } from "../generated/prisma/client.js";\nimport { PrismaPg } from "@prisma/adapter-pg";\nconst prisma = new PrismaClient({ adapter: new PrismaPg({ max: 20 }) });`
		: `import { prisma } from "../lib/db.js";`;
	const body = Array.from({ length: methods }, (_, method) => METHOD.replaceAll("$N", String(method)).replaceAll("$I", String(index))).join(
		"\n",
	);
	return `${head}\nimport { part0 } from "@/domain/d${index % SERVICES}/part0.js";\n\nexport class Service${index} {\n${body}}\n`;
}

const METHOD = `  async list$N(filter: { hotel: string; from?: Date }) {
    const rooms = await prisma.room.findMany({ where: { hotel: filter.hotel, free: true }, take: 50 });
    const sums = rooms.map((room) => ({ ...room, total: part0(room.price) * $N }));
    if (sums.length > 10) console.log("many rooms", sums.length);
    return prisma.$transaction(async (tx) => {
      const guest = await tx.guest.create({ data: { name: \`guest-$I-$N\`, hotel: filter.hotel } });
      await tx.booking.create({ data: { guestId: guest.id, from: filter.from ?? new Date() } });
      return { guest, sums };
    });
  }
`;

const SLOW_TRANSACTION = `
export const settle = (id: string) =>
  prisma.$transaction(async (tx) => {
    const booking = await tx.booking.findUniqueOrThrow({ where: { id } });
    await fetch("https://pay.example/settle", { method: "POST", body: JSON.stringify(booking) });
  });
`;

function route(index: number): string {
	return `import { Router } from "express";
import { Service${index} } from "../services/service${index}.js";

const router = Router();
const service = new Service${index}();
router.get("/", async (req, res) => {
  res.json(await service.list0({ hotel: String(req.query.hotel) }));
});
router.post("/", async (req, res) => {
  res.json(await service.list1(req.body));
});
export default router;
`;
}

function plain(index: number, part: number): string {
	const next = part + 1 < PLAIN_PER_SERVICE ? `import { part${part + 1} } from "./part${part + 1}.js";\n` : "";
	const call = next ? `part${part + 1}(value)` : "value";
	return `${next}\nconst RATES = [1, 2, 3, 5, 8, ${index}];\n\nexport function part${part}(value: number): number {\n  const rate = RATES[value % RATES.length] ?? 1;\n  return ${call} + rate;\n}\n${FILLER}`;
}

const FILLER = Array.from(
	{ length: 12 },
	(_, index) => `\nexport const format${index} = (text: string, width = ${index}): string => text.trim().padStart(width).slice(0, 80);\n`,
).join("");
