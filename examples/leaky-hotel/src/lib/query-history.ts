import type { Prisma } from "../../generated/prisma/client.js";
import { prisma } from "./prisma.js";

class QueryHistory {
	private readonly queries: Prisma.QueryEvent[] = [];

	constructor() {
		prisma.$on("query", (event) => {
			this.queries.push(event);
		});
	}

	slowest(count: number): { model: string; duration: number }[] {
		return this.queries
			.toSorted((a, b) => b.duration - a.duration)
			.slice(0, count)
			.map((event) => ({ model: event.target, duration: event.duration }));
	}

	get total(): number {
		return this.queries.length;
	}
}

export const queryHistory = new QueryHistory();
