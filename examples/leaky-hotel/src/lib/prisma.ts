import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../../generated/prisma/client.js";

const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL });

export const prisma = new PrismaClient({
	adapter,
	log: [{ emit: "event", level: "query" }],
	transactionOptions: { maxWait: 5_000, timeout: 20_000 },
});
