import { Router } from "express";
import { prisma } from "../lib/prisma.js";
import { availability } from "../services/availability.js";

export const hotels = Router();

hotels.get("/", async (_request, response) => {
	response.json(await prisma.hotel.findMany({ include: { _count: { select: { rooms: true } } } }));
});

hotels.get("/:id/availability", async (request, response) => {
	response.json(await availability.freeRooms(Number(request.params.id), new Date()));
});
