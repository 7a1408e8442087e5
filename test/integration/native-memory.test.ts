import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { nativeTotal } from "../../src/protocol/index.js";
import { answering } from "./support/dialogs.js";
import { extension, until } from "./support/editing.js";
import { startTarget } from "./support/target.js";

const READ = "prismaLeakLens.readNativeMemory";
const HELD = 60_000_000;
const HOLDER = `const held = Buffer.alloc(${HELD}, 1); setInterval(() => held.length, 1000);`;

const onLinux = process.platform === "linux" ? it : it.skip;

describe("the native memory of the attached process", () => {
	onLinux("is read by the command: its parts make up rss, and what the process holds in buffers is malloc's", async () => {
		const { monitor } = await extension().activate();
		const target = await startTarget(["-e", HOLDER]);
		try {
			await monitor.attach({ kind: "address", host: "127.0.0.1", port: target.port });
			const sample = () =>
				until("a sample of it", () => {
					const { latest } = monitor;
					return latest !== null && latest.pid === target.process.pid ? latest : undefined;
				});
			await sample();
			const read = () => monitor.nativeMemory;
			assert.equal(read(), null);
			await vscode.commands.executeCommand(READ);
			const outcome = read();
			assert.ok(outcome?.kind === "memory", JSON.stringify(outcome));
			const { memory } = outcome;
			assert.equal(memory.pid, target.process.pid);
			const { rss } = (await sample()).memory;
			const total = nativeTotal(memory);
			assert.ok(Math.abs(total - rss) < 0.1 * rss, `the parts make up ${total} bytes of ${rss}`);
			const malloc = memory.parts.find(({ kind }) => kind === "malloc")?.rss ?? 0;
			assert.ok(malloc >= HELD, `malloc holds ${malloc} bytes`);
		} finally {
			monitor.detach();
			target.process.kill();
		}
	});

	it("is not read where nothing is attached, and that is said", async () => {
		const { monitor } = await extension().activate();
		await until("nothing is attached", () => monitor.attached.length === 0 || undefined);
		const said: unknown[] = [];
		await answering(
			"showInformationMessage",
			(message) => said.push(message),
			async () => {
				await vscode.commands.executeCommand(READ);
			},
		);
		assert.deepEqual(said, ["Nothing is attached. Attach the memory monitor to a process first."]);
	});
});
