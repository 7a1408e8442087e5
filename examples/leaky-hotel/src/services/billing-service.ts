import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../../generated/prisma/client.js";

export class BillingService {
	private readonly prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });

	async credits(partnerId: number): Promise<number> {
		const partner = await this.prisma.partner.findUnique({ where: { id: partnerId } });
		return partner?.credits ?? 0;
	}
}
