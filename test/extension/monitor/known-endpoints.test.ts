import { expect, it } from "vitest";
import { knownEndpoints } from "../../../src/extension/monitor/known-endpoints.js";

it("passes on what the workspace names, and never more than the monitor takes", async () => {
	const failures: unknown[] = [];
	const ask = (endpoints: readonly string[]) =>
		knownEndpoints(
			async () => endpoints,
			(error) => failures.push(error),
		);
	expect(await ask(["db:5432", "127.0.0.1:5433"])).toEqual(["db:5432", "127.0.0.1:5433"]);
	expect(await ask(Array.from({ length: 300 }, (_, index) => `db-${index}:5432`))).toHaveLength(100);
	expect(await ask(["x".repeat(1_000)])).toEqual([]);
	expect(failures).toEqual([]);
});

it("goes on without an answer that fails or does not come", async () => {
	const failures: unknown[] = [];
	const failing = knownEndpoints(
		async () => {
			throw new Error("stopped");
		},
		(error) => failures.push(error),
	);
	expect(await failing).toEqual([]);
	expect(failures).toHaveLength(1);
	expect(
		await knownEndpoints(
			() => new Promise(() => {}),
			() => {},
		),
	).toEqual([]);
});
