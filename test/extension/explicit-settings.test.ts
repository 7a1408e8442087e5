import { expect, it } from "vitest";
import { explicitSettings } from "../../src/extension/analysis/explicit-settings.js";

const NAMES = ["profile", "database.replicas", "database.maxConnections"];

it("leaves out the settings that nobody has made, and keeps what it does not know", () => {
	const section = { profile: "production", database: { replicas: 1, maxConnections: 100 }, typo: 1 };
	const made = explicitSettings(section, NAMES, (name) => name === "database.maxConnections");
	expect(made).toEqual({ database: { maxConnections: 100 }, typo: 1 });
	expect(section.profile).toBe("production");
});

it("takes whatever the editor answers", () => {
	for (const section of [null, undefined, 3, { database: null }]) expect(explicitSettings(section, NAMES, () => false)).toEqual(section);
});
