import { PrismaPg } from "@prisma/adapter-pg";
import { Router } from "express";
import { PrismaClient } from "../../generated/prisma/client.js";
import { RevenueReport } from "../services/revenue-report.js";

export const reports = Router();

reports.get("/occupancy", async (_request, response) => {
	const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });
	const [rooms, bookings] = await Promise.all([prisma.room.count(), prisma.booking.count()]);
	response.json({ rooms, bookings });
});

reports.get("/revenue", async (_request, response) => {
	const report = new RevenueReport();
	response.json(await report.byHotel());
});
