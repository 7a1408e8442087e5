import { describe, expect, it } from "vitest";
import { reasonOf } from "../../../src/monitor/database/database-error.js";
import { endpointOf, parseDatabaseUrl } from "../../../src/monitor/database/url.js";

describe("the database's URL", () => {
	it.each([
		["postgresql://u:p@db.example:6000/x?schema=a", "db.example:6000"],
		["postgres://localhost/x", "localhost:5432"],
		["postgresql://u:p@[::1]:5433/x", "[::1]:5433"],
		["mysql://u:p@db.example/x?connection_limit=5", "db.example:3306"],
		["mariadb://u:p@[::1]:3307/x", "[::1]:3307"],
	])("names the endpoint of %s", (text, endpoint) => {
		const url = parseDatabaseUrl(text);
		expect(url && endpointOf(url)).toBe(endpoint);
	});

	it.each(["", "mongodb://h/x", "mysql:///x", "postgresql:///x", "h:5432"])("is none: %j", (text) => {
		expect(parseDatabaseUrl(text)).toBeNull();
	});
});

describe("what went wrong with a database", () => {
	it("is told by its code, never by a message that may hold the URL", () => {
		const error = Object.assign(new Error('password authentication failed for user "someone"'), { code: "28P01" });
		expect(reasonOf(error)).toBe("The database refused the password.");
		expect(reasonOf(new Error("getaddrinfo ENOTFOUND secret.host"))).toBe("The database could not be asked.");
		expect(reasonOf(Object.assign(new Error("x"), { code: "XX000" }))).toBe("The database could not be asked (XX000).");
	});
});
