import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../../generated/prisma/client.js";

export class RevenueReport {
	constructor(private readonly prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) })) {}

	async byHotel(): Promise<{ hotel: string; revenue: number }[]> {
		const hotels = await this.prisma.hotel.findMany({
			include: { rooms: { include: { bookings: { include: { payments: { select: { amount: true } } } } } } },
		});
		return hotels.map((hotel) => ({
			hotel: hotel.name,
			revenue: hotel.rooms
				.flatMap((room) => room.bookings)
				.flatMap((booking) => booking.payments)
				.reduce((sum, payment) => sum + payment.amount, 0),
		}));
	}
}
