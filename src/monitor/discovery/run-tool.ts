import { execFile } from "node:child_process";

/** Standard output of one of the system's own tools. `lsof` ends with 1 when some process has ended meanwhile, so output counts more than the exit code. */
export function runTool(program: string, args: readonly string[]): Promise<string> {
	return new Promise((resolve, reject) => {
		execFile(program, [...args], { timeout: 10_000, maxBuffer: 16 * 1024 * 1024, windowsHide: true }, (error, stdout) => {
			if (error !== null && stdout === "") reject(new Error(`${program} gave no answer: ${error.message}`));
			else resolve(stdout);
		});
	});
}
