import { PrismaPg } from "@prisma/adapter-pg";
import { Router } from "express";
import { PrismaClient } from "../../generated/prisma/client.js";

const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL });
const prisma = new PrismaClient({ adapter });

export const rooms = Router();

rooms.get("/", async (request, response) => {
	const beds = Number(request.query.beds ?? 1);
	response.json(await prisma.room.findMany({ where: { beds: { gte: beds } }, orderBy: { price: "asc" }, take: 20 }));
});

rooms.get("/:id", async (request, response) => {
	const room = await prisma.room.findUnique({ where: { id: Number(request.params.id) }, include: { hotel: true } });
	if (room) response.json(room);
	else response.status(404).json({ error: "No such room" });
});
