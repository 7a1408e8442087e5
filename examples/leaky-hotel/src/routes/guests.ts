import { PrismaPg } from "@prisma/adapter-pg";
import { Router } from "express";
import { PrismaClient } from "../../generated/prisma/client.js";

const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });

export const guests = Router();

guests.get("/:id", async (request, response) => {
	const guest = await db.guest.findUnique({
		where: { id: Number(request.params.id) },
		include: { bookings: { orderBy: { arrival: "desc" }, take: 5 } },
	});
	if (guest) response.json(guest);
	else response.status(404).json({ error: "No such guest" });
});
