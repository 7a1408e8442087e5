import { describe, expect, it } from "vitest";
import { isExampleEnv, parseEnvFile } from "../../../src/analysis/workspace/env-file.js";
import { parsePrismaConfig } from "../../../src/analysis/workspace/prisma-config.js";
import { parseSchema } from "../../../src/analysis/workspace/prisma-schema.js";
import { readUrl } from "../../../src/analysis/workspace/url.js";

describe("a schema", () => {
	it("is read past comments and strings that hold comment marks", () => {
		const text = `// generator old { provider = "x" }
generator client { // the client
  provider        = "prisma-client"
  /* output = "../wrong" */
  output          = "../src/generated" // right
  previewFeatures = ["metrics",
                     "views"]
}
datasource db {
  provider = "postgresql"
  url      = "postgres://u:p@h:1/d?connection_limit=12&pool_timeout=0"
}
/// model Fake {
model Room {
  note String @default("model Fake {")
}
view Stays {
  id Int
}
`;
		const parsed = parseSchema(text);
		expect(parsed.generators).toMatchObject([
			{ name: "client", provider: "prisma-client", output: "../src/generated", engineType: null, previewFeatures: ["metrics", "views"] },
		]);
		expect(parsed.generators[0]?.previewPlaces.map(({ feature, start, end }) => [feature, text.slice(start, end)])).toEqual([
			["metrics", '"metrics"'],
			["views", '"views"'],
		]);
		expect(parsed.models).toBe(2);
		const settings = parsed.datasource?.url?.settings ?? [];
		expect(settings.map(({ name, value, start, end }) => [name, value, text.slice(start, end)])).toEqual([
			["connection_limit", 12, "12"],
			["pool_timeout", 0, "0"],
		]);
	});

	it("that is broken still tells what can be read", () => {
		expect(parseSchema('generator client {\n  provider = "prisma-client-js"\n  output = ')).toMatchObject({
			generators: [{ provider: "prisma-client-js", output: null }],
			datasource: null,
		});
		expect(parseSchema("")).toEqual({ generators: [], datasource: null, models: 0 });
	});
});

describe("an env file", () => {
	it.each([
		["DATABASE_URL=postgres://h/d?connection_limit=5", "5"],
		['export DATABASE_URL="postgres://h/d?schema=public&connection_limit=15" # production', "15"],
		["DATABASE_URL='mysql://h/d?connection_limit=7'\r", "7"],
		["  DATABASE_URL = postgres://u:p#1@h/d?connection_limit=6 # five was too few", "6"],
		["DATABASE_URL=sqlserver://h:1433;database=d;connectionLimit=8;encrypt=true", "8"],
	])("gives the place of the number in %s", (line, digits) => {
		const text = `# DATABASE_URL=postgres://h/d?connection_limit=99\nPORT=3000\n${line}\n`;
		const [url] = parseEnvFile(text);
		const setting = url?.reading.settings.find(({ name }) => name.toLowerCase().startsWith("connection"));
		expect(text.slice(setting?.start, setting?.end)).toBe(digits);
		expect(url?.variable).toBe("DATABASE_URL");
	});

	it("fills variables into a URL's host", () => {
		const urls = parseEnvFile("DB_HOST=db.local\nDB_PASSWORD=x\nDATABASE_URL=postgres://u:$DB_PASSWORD@$DB_HOST:6432/d\n");
		expect(urls.map((url) => url.reading.endpoint)).toEqual(["db.local:6432"]);
	});

	it("is a template by its name", () => {
		for (const name of [".env.example", ".env.sample", "apps/a/.env.production.example", ".env.template"])
			expect(isExampleEnv(name)).toBe(true);
		for (const name of [".env", ".env.local", ".env.production", "example/.env"]) expect(isExampleEnv(name)).toBe(false);
	});
});

describe("a URL", () => {
	it.each([
		["postgresql://u:p@db:5433/x", "db:5433"],
		["postgres://db/x", "db:5432"],
		["mysql://u:p%40w@127.0.0.1/x", "127.0.0.1:3306"],
		["mongodb://u:p@[::1]:27018/x", "[::1]:27018"],
		["sqlserver://db:1434;database=x;user=sa;password=p", "db:1434"],
		["postgres://u:p@w@db:5432/x", "db:5432"],
	])("of %s has the endpoint %s", (url, endpoint) => {
		expect(readUrl(url, 0)?.endpoint).toBe(endpoint);
	});

	it.each([
		["postgres://user:12/34@db/x", "a password with a slash is no host"],
		["file:./dev.db", "a file has no endpoint"],
		["prisma://accelerate.prisma-data.net/?api_key=x", "Accelerate is no database"],
		["postgres://user:p?w@db/x", "a password with a question mark is no host"],
		["postgresql:///x?host=/var/run", "a socket has no host"],
	])("like %s gives no endpoint: %s", (url) => {
		expect(readUrl(url, 0)?.endpoint).toBeNull();
	});

	it("is not every text", () => {
		expect(readUrl("3000", 0)).toBeNull();
	});
});

describe("prisma.config.ts", () => {
	it("is read by its text", () => {
		const text = `import "dotenv/config";
export default defineConfig({
	// schema: "old.prisma",
	schema: "prisma/schema",
	migrations: { path: "prisma/migrations", seed: "tsx prisma/fill.ts" },
	datasource: { url: process.env["MAIN_URL"] ?? "" },
});`;
		const { url, ...rest } = parsePrismaConfig(text);
		expect(rest).toEqual({ schema: "prisma/schema", seed: "tsx prisma/fill.ts", urlVariable: "MAIN_URL" });
		expect(text.slice(url?.start, url?.end)).toBe('process.env["MAIN_URL"]');
	});

	it("may join the path of the schema", () => {
		expect(parsePrismaConfig('export default { schema: path.join("db", "schema.prisma") };').schema).toBe("db/schema.prisma");
		expect(parsePrismaConfig("export default {};")).toEqual({ schema: null, seed: null, urlVariable: null, url: null });
	});
});
