import { describe, expect, it } from "vitest";
import { load, SCHEMA } from "./tree.js";

/** Roles of files that a workspace of nothing but `package.json` gives them. */
async function roleOf(file: string): Promise<string> {
	return (await load({ "package.json": { name: "app" } })).roleOf(file);
}

describe("the role of a file", () => {
	it.each([
		"src/index.ts",
		"src/testimonials/list.ts",
		"src/contest/router.ts",
		"src/routes/scripts.ts",
		"src/app/api/seed/route.ts",
		"app/(admin)/tests/page.tsx",
		"pages/api/test/[id].ts",
		"src/tools/search-rooms.ts",
		"src/services/backup/backup-service.ts",
		"src/archive/list-archive.ts",
		"src/jobs/cleanup.ts",
		"src/migrate-tenant.ts",
		"server.ts",
		"create-server.ts",
		"bin/www.js",
		"src/seed-service.ts",
		"src/services/seedingPlan.ts",
		"src/old-prices/list.ts",
		"src/transcripts/scriptless.ts",
		"src/env/globalEnv.ts",
		"packages/api/src/main.ts",
		"prisma/client.ts",
	])("app: %s", async (file) => expect(await roleOf(file)).toBe("app"));

	it.each([
		"scripts/fix-rooms.ts",
		"src/scripts/backfill.ts",
		"config/scripts-configs/fix-tenant.js",
		"tools/dev/create-admin.js",
		"bin/migrate.ts",
		"prisma/migrations/20240101/run.ts",
		"check-db.js",
		"createAdmin.ts",
		"script.ts",
		"vite.config.ts",
		"prisma.config.ts",
		"prisma/backfill-guests.ts",
	])("script: %s", async (file) => expect(await roleOf(file)).toBe("script"));

	it.each([
		"prisma/seed.ts",
		"prisma/seed.mts",
		"src/db/seeds/rooms.ts",
		"prisma/seed-rooms.ts",
		"src/seedRooms.ts",
		"db/guest.seed.ts",
		"handlers/seed.js",
	])("seed: %s", async (file) => expect(await roleOf(file)).toBe("seed"));

	it.each([
		"test/rooms.ts",
		"tests/root-tests/check.js",
		"src/__tests__/a.ts",
		"src/app/__tests__/page.tsx",
		"src/rooms.test.ts",
		"src/app/page.spec.tsx",
		"e2e/login.ts",
		"cypress/support/db.ts",
		"packages/testcontainers/src/index.ts",
		"packages/integration-tests/scripts/reset.ts",
		"packages/config/src/tests/container.ts",
		"src/test-utils/db.ts",
		"jest.setup.ts",
		"setupTests.ts",
		"prisma/test-environment.js",
		"vitest.config.ts",
		"test-rooms.ts",
		"tests/test-rooms-flow.ts",
		"src/rooms-test.ts",
	])("test: %s", async (file) => expect(await roleOf(file)).toBe("test"));

	it("test: what lies in a folder of the tests it holds, and only there", async () => {
		const workspace = await load({
			"package.json": { name: "app" },
			"integration/rooms.integration.test.ts": "",
			"src/integration/calendar.test.ts": "",
			"src/jobs/room-jobs.test.ts": "",
		});
		expect(workspace.roleOf("integration/database.ts")).toBe("test");
		expect(workspace.roleOf("integration/lib/database.ts")).toBe("test");
		expect(workspace.roleOf("src/integration/calendar.ts")).toBe("app");
		expect(workspace.roleOf("src/jobs/publish.ts")).toBe("app");
	});

	it("archive: copies in a package's documentation, but not a site of documentation", async () => {
		const workspace = await load({
			"package.json": { name: "app" },
			"apps/docs/package.json": { name: "docs" },
			"apps/api/package.json": { name: "api" },
		});
		expect(workspace.roleOf("docs/rooms.ts")).toBe("archive");
		expect(workspace.roleOf("apps/api/docs/reference/rooms.ts")).toBe("archive");
		expect(workspace.roleOf("apps/docs/db.ts")).toBe("app");
		expect(workspace.roleOf("apps/api/src/docs/rooms.ts")).toBe("app");
	});

	it.each([
		"archive/a.ts",
		"backups/2024/a.ts",
		"backup-legacy-20250812/a.tsx",
		"src/rooms.bak.ts",
		"src/rooms-old.ts",
		"src/rooms copy.ts",
		"src/_archive/a.ts",
	])("archive: %s", async (file) => expect(await roleOf(file)).toBe("archive"));

	it.each(["src/generated/client.ts", "src/__generated__/a.ts", "src/schema.generated.ts"])("generated: %s", async (file) =>
		expect(await roleOf(file)).toBe("generated"),
	);

	it.each(["public/sw.js", "lib-esm/index.js"])("build: %s", async (file) => expect(await roleOf(file)).toBe("build"));

	it("is build for JavaScript compiled beside its TypeScript", async () => {
		const workspace = await load({ "src/a.ts": "", "src/a.js": "", "src/b.js": "" });
		expect(workspace.roleOf("src/a.js")).toBe("build");
		expect(workspace.roleOf("src/b.js")).toBe("app");
	});

	it("reads a package's own folders, whatever folder the package lies in", async () => {
		const tree = { "package.json": { name: "app" }, "server/package.json": { name: "server" } };
		const workspace = await load(tree);
		expect(workspace.roleOf("server/test-sync.js")).toBe("test");
		expect(workspace.roleOf("server/tools/fill-rooms.ts")).toBe("script");
		expect(workspace.roleOf("server/routes/test-results.ts")).toBe("app");
	});

	it.each([
		["app/scripts/fillRooms.js", "script"],
		["app/seedGuests.js", "seed"],
		["app/scripts/page.tsx", "app"],
		["app/tests/actions.ts", "app"],
		["app/api/test/helper.ts", "app"],
	])("takes only route files of an app folder for URLs: %s", async (file, role) => expect(await roleOf(file)).toBe(role));

	it("is generated below a generator's output", async () => {
		const workspace = await load({ "prisma/schema.prisma": SCHEMA.replace('-js"', '"\n  output = "../src/db/client"') });
		expect(workspace.roleOf("src/db/client/models.ts")).toBe("generated");
		expect(workspace.roleOf("src/db/other.ts")).toBe("app");
	});

	it("follows what package.json runs the file for", async () => {
		const workspace = await load({
			"api/package.json": {
				scripts: {
					start: "node src/server.js",
					"db:fill": "tsx src/fill.ts",
					"db:migrate-old": "tsx ./src/server.js",
					seed: "ts-node --esm lib/plant.ts",
				},
				prisma: { seed: "tsx data/demo.ts" },
			},
			"web/prisma.config.ts": 'export default { migrations: { seed: "bun data/start.ts" } };',
		});
		expect(workspace.roleOf("api/src/fill.ts")).toBe("script");
		expect(workspace.roleOf("api/src/server.js")).toBe("app");
		expect(workspace.roleOf("api/lib/plant.ts")).toBe("seed");
		expect(workspace.roleOf("api/data/demo.ts")).toBe("seed");
		expect(workspace.roleOf("web/data/start.ts")).toBe("seed");
	});

	it("knows one-offs at the top of a package, not deeper", async () => {
		const workspace = await load({ "apps/api/package.json": {} });
		expect(workspace.roleOf("apps/api/fix-prices.ts")).toBe("script");
		expect(workspace.roleOf("apps/api/src/fix-prices.ts")).toBe("app");
	});
});
