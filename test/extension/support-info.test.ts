import { expect, it } from "vitest";
import { supportText } from "../../src/extension/support-info.js";

it("the info for a bug report names versions, states and settings, and no value of them", () => {
	expect(
		supportText({
			version: "0.1.0",
			editor: "1.139.1",
			host: "desktop",
			platform: "linux x64",
			node: "22.1.0",
			folders: 2,
			isTrusted: true,
			analysis: "ready, 2 errors in 17 files",
			settings: ["profile", "monitor.interval"],
			monitor: "live",
			levels: ["inventory"],
		}),
	).toBe(`Prisma Leak Lens 0.1.0
VS Code 1.139.1 (desktop), linux x64, Node 22.1.0
Workspace: 2 folders, trusted
Analysis: ready, 2 errors in 17 files
Settings made: profile, monitor.interval
Monitor: live, levels inventory
`);
});
