import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../../generated/prisma/client.js";

class Availability {
	constructor(private readonly prisma: PrismaClient) {}

	async freeRooms(hotelId: number, day: Date) {
		return this.prisma.room.findMany({
			where: { hotelId, bookings: { none: { arrival: day } } },
			select: { number: true, beds: true, price: true },
		});
	}
}

const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL, max: 20 });

export const availability = new Availability(new PrismaClient({ adapter }));
