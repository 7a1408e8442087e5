import * as vscode from "vscode";
import { extension, until } from "./support/editing.js";
import { startTarget } from "./support/target.js";

describe("what is measured more", () => {
	it("is chosen from a list, turned on there, and turned off there again", async () => {
		const { monitor } = await extension().activate();
		const target = await startTarget();
		const status = () => monitor.levels.find(({ level }) => level === "inventory")?.status;
		const chooseFirst = async (what: string, wanted: "on" | "off") => {
			const asked = vscode.commands.executeCommand("prismaLeakLens.chooseMonitorLevel");
			await until(what, async () => {
				await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
				return status() === wanted || undefined;
			});
			await asked;
		};
		try {
			await monitor.attach({ kind: "address", host: "127.0.0.1", port: target.port });
			await until("a sample", () => (monitor.latest?.pid === target.process.pid && status() === "off") || undefined);
			await chooseFirst("it is on", "on");
			await until("clients are counted", () => monitor.latest?.clients !== undefined || undefined);
			await chooseFirst("it is off", "off");
		} finally {
			monitor.detach();
			target.process.kill();
		}
	});
});
