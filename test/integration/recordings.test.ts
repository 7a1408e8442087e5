import * as assert from "node:assert/strict";
import { extension, until } from "./support/editing.js";
import { startTarget } from "./support/target.js";

describe("a session", () => {
	it("is recorded outside the workspace, sample by sample", async () => {
		const { monitor } = await extension().activate();
		const target = await startTarget();
		try {
			const before = monitor.received;
			const state = await monitor.attach({ kind: "address", host: "127.0.0.1", port: target.port });
			assert.equal(state.kind, "live");
			await until("three samples", () => monitor.received >= before + 3 || undefined);
			monitor.detach();
			const recorded = await until("the recording", async () =>
				(await monitor.recordings()).find(({ target: { pid }, bytes }) => pid === target.process.pid && bytes > 1_000),
			);
			assert.match(recorded.id, /\d/);
		} finally {
			target.process.kill();
		}
	});
});
