import { Router } from "express";
import { chargeCard } from "../lib/payment-provider.js";
import { prisma } from "../lib/prisma.js";

export const bookings = Router();

bookings.post("/", async (request, response) => {
	const { roomId, guestId, nights } = request.body as { roomId: number; guestId: number; nights: number };
	const booking = await prisma.$transaction(
		async (tx) => {
			const room = await tx.room.findUniqueOrThrow({ where: { id: roomId } });
			const guest = await tx.guest.findUniqueOrThrow({ where: { id: guestId } });
			const created = await tx.booking.create({ data: { roomId, guestId, nights, arrival: new Date() } });
			const amount = nights * room.price;
			const reference = await chargeCard(guest.email, amount);
			await tx.payment.create({ data: { bookingId: created.id, amount, reference } });
			return created;
		},
		{ maxWait: 30_000, timeout: 60_000 },
	);
	response.status(201).json(booking);
});
