import { describe, expect, it } from "vitest";
import { declaresPlainClass, mayHoldOptions } from "../../../src/analysis/project/scan-text.js";

describe("a class seen without parsing", () => {
	it("is plain when it extends nothing", () => {
		expect(declaresPlainClass("export class Mailer implements Sender {}", "Mailer")).toBe(true);
		expect(declaresPlainClass("export class Mailer\n{\n}", "Mailer")).toBe(true);
		expect(declaresPlainClass("/** This class sends mail. */\nexport class Mailer {}", "Mailer")).toBe(true);
	});

	it("is looked at closer when it extends something, in its head or in a type parameter", () => {
		expect(declaresPlainClass("export class Db extends Base {}", "Db")).toBe(false);
		expect(declaresPlainClass("export class Db<T extends object> {}", "Db")).toBe(false);
	});

	it("is looked at closer when the name is declared twice, not at all, or only begins alike", () => {
		expect(declaresPlainClass("class Db {}\nfunction f() { class Db {} }", "Db")).toBe(false);
		expect(declaresPlainClass("export { Db } from './db.js';", "Db")).toBe(false);
		expect(declaresPlainClass("class DbError {}", "Db")).toBe(false);
	});
});

describe("a class under a name that is no plain word", () => {
	it("is found by its whole name", () => {
		expect(declaresPlainClass("export class $Db {}", "$Db")).toBe(true);
		expect(declaresPlainClass("export class $Db {}", "Db")).toBe(false);
	});

	it("is none where an import names it by a string that no class can have", () => {
		expect(declaresPlainClass("export class Db {}", "Db(")).toBe(false);
	});
});

describe("a file that may hold options", () => {
	it.each([
		"export const pool = { max: 20 };",
		'export default { "connectionLimit": 5 };',
		"export const TX_TIMEOUT_MS = 60_000;",
		"export const options = { maxWait: 1 };",
	])("%s", (text) => expect(mayHoldOptions(text)).toBe(true));

	it.each(["export const limit = Math.max(a, b);", "export type Pool = number;"])("not %s", (text) =>
		expect(mayHoldOptions(text)).toBe(false),
	);
});
