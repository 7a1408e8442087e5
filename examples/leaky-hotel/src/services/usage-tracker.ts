import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../../generated/prisma/client.js";

const FLUSH_EVERY_MS = 30_000;

export class UsageTracker {
	private readonly prisma: PrismaClient;
	private readonly pending = new Map<number, number>();

	constructor() {
		this.prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });
		setInterval(() => this.flush(), FLUSH_EVERY_MS);
	}

	record(partnerId: number): void {
		this.pending.set(partnerId, (this.pending.get(partnerId) ?? 0) + 1);
	}

	async calls(partnerId: number): Promise<number> {
		const { _sum } = await this.prisma.usage.aggregate({ where: { partnerId }, _sum: { calls: true } });
		return (_sum.calls ?? 0) + (this.pending.get(partnerId) ?? 0);
	}

	private async flush(): Promise<void> {
		const rows = [...this.pending].map(([partnerId, calls]) => ({ partnerId, calls }));
		this.pending.clear();
		if (rows.length > 0) await this.prisma.usage.createMany({ data: rows });
	}
}
