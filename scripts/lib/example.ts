import { copyHotel, fillDatabase, type HotelCopy, type RunningHotel, startHotel } from "./leaky-hotel.js";
import { type Load, startLightLoad } from "./light-load.js";
import { type Postgres, startPostgres } from "./postgres.js";
import { step } from "./progress.js";
import type { Teardown } from "./teardown.js";

export interface Example {
	/** The workspace to open. */
	readonly folder: string;
	readonly hotel: RunningHotel;
	readonly postgres: Postgres;
	readonly load: Load;
}

/** Database, tables, generated client, server and load; all of it ends with `teardown`. */
export async function startExample(teardown: Teardown): Promise<Example> {
	const postgres = await step("Starting PostgreSQL and filling its tables", async () => {
		const started = teardown.own(await startPostgres(), (server) => server.stop());
		await fillDatabase(started.url);
		return started;
	});
	const copy = await step("Copying the example and generating its Prisma client", async () =>
		teardown.own<HotelCopy>(await copyHotel(), (hotel) => hotel.remove()),
	);
	const hotel = await step("Starting leaky-hotel under light load", async () =>
		teardown.own(await startHotel(copy.folder, postgres.url), (running) => running.process.stop()),
	);
	const load = teardown.own(startLightLoad(hotel.url), (running) => running.stop());
	return { folder: copy.folder, hotel, postgres, load };
}
