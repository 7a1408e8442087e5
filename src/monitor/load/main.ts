/** `dist/load.js`: runs the one load test that its parent sends, answers with what it measured, and ends. */
import { isLoadPlan, type LoadAnswer } from "../../protocol/index.js";
import { runLoad } from "./load-test.js";

process.once("message", async (plan: unknown) => {
	process.send?.(await answerTo(plan), () => process.disconnect());
});
// Without a parent nobody waits for the answer.
process.once("disconnect", () => process.exit());

async function answerTo(plan: unknown): Promise<LoadAnswer> {
	if (!isLoadPlan(plan)) return { type: "failed", message: "That is no plan of a load test." };
	try {
		return { type: "result", result: await runLoad(plan) };
	} catch (error) {
		return { type: "failed", message: error instanceof Error ? error.message : String(error) };
	}
}
