import { isLoadAnswer, type LoadPlan, type LoadResult } from "../../protocol/index.js";
import { forkProgram } from "../fork-program.js";

/**
 * Runs a load test in a process of its own, so that it takes no time from the caller's.
 * @param program path of `dist/load.js`
 * @param signal ends it at once
 * @throws Error in words for people; an abort's reason when it was aborted
 */
export function startLoad(program: string, plan: LoadPlan, signal: AbortSignal): Promise<LoadResult> {
	return new Promise((resolve, reject) => {
		signal.throwIfAborted();
		const child = forkProgram(program);
		const stop = (): void => {
			child.kill("SIGKILL");
			reject(signal.reason);
		};
		signal.addEventListener("abort", stop, { once: true });
		child.once("message", (answer: unknown) => {
			if (!isLoadAnswer(answer)) reject(new Error("The load process sent something that is no result."));
			else if (answer.type === "failed") reject(new Error(answer.message));
			else resolve(answer.result);
		});
		child.once("error", (error) => reject(new Error(`The load process could not be started: ${error.message}`)));
		child.once("exit", (code, ended) => {
			signal.removeEventListener("abort", stop);
			// After its answer this settles nothing any more.
			reject(new Error(`The load process ended with ${ended ?? `code ${code}`} before it answered.`));
		});
		child.send(plan, () => {});
	});
}
