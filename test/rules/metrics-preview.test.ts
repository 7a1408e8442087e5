import { describe, expect, it } from "vitest";
import { check, PRISMA_7 } from "./support.js";

const schema = (features: string): string =>
	`generator client {\n  provider = "prisma-client-js"\n  previewFeatures = [${features}]\n}\ndatasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n`;
const found = (features: string, rest: Readonly<Record<string, string>> = {}) =>
	check({ "prisma/schema.prisma": schema(features), ...rest });

describe("metrics-preview finds", () => {
	it("metrics, at the word", async () => {
		const findings = await found('"views", "metrics"');
		expect(findings).toMatchObject([
			{
				rule: "metrics-preview",
				severity: "warning",
				file: "prisma/schema.prisma",
				line: 3,
				column: 31,
				endLine: 3,
				endColumn: 40,
				fixes: ["drop-metrics-preview"],
			},
		]);
		expect(findings[0]?.message).toBe(
			"The metrics preview leaks by itself: memory grows with every query, even when nobody reads $metrics (prisma issue 30143). Remove it and count queries with a $extends query handler.",
		);
	});

	it("metrics on Prisma 7, which has none", async () => {
		const findings = await found('"metrics"', { "package.json": PRISMA_7 });
		expect(findings[0]?.message).toContain("Prisma 7 has no metrics any more");
	});

	it("tracing where it is stable, as an info", async () => {
		expect(await found('"tracing"')).toMatchObject([
			{ severity: "info", message: "Prisma 6.12.0 traces without this preview feature. Remove it." },
		]);
	});

	it("a list over several lines and a schema of several files", async () => {
		const findings = await check({
			"prisma/schema/base.prisma": schema('\n    "metrics",\n    "views"\n  '),
			"prisma/schema/room.prisma": "model Room {\n  id Int @id\n}\n",
		});
		expect(findings).toMatchObject([{ file: "prisma/schema/base.prisma", line: 4, column: 5 }]);
	});
});

describe("metrics-preview leaves alone", () => {
	it("other features and comments", async () => {
		expect(await found('"views" /* "metrics" */')).toEqual([]);
	});

	it("tracing where it still is a preview", async () => {
		expect(await found('"tracing"', { "package.json": '{"dependencies":{"@prisma/client":"5.22.0"}}' })).toEqual([]);
	});

	it("a copy of the schema in the documentation", async () => {
		expect(await check({ "docs/database/schema.prisma": schema('"metrics"') })).toEqual([]);
	});
});
