import { type ChildProcess, fork } from "node:child_process";

/** Starts one of the extension's programs, such as `dist/monitor.js`, with a channel for messages. */
export function forkProgram(program: string): ChildProcess {
	// In VS Code's extension host the program at execPath is Electron, and NODE_OPTIONS may carry its debugger's bootstrap.
	const { NODE_OPTIONS: _options, VSCODE_INSPECTOR_OPTIONS: _inspector, ...env } = process.env;
	return fork(program, [], {
		execPath: process.execPath,
		execArgv: [],
		env: { ...env, ELECTRON_RUN_AS_NODE: "1" },
		stdio: ["ignore", "pipe", "pipe", "ipc"],
	});
}
