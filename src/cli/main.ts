#!/usr/bin/env node
import { UsageError } from "./usage.js";

const USAGE = `Usage: prisma-leak-lens <command> [options]

  check DIR     find leaky Prisma usage in the sources
  fix DIR       apply the fixes of what check finds
  report DIR    write down what check finds and what the monitor measured, before and after
  monitor       watch the memory and the database connections of a running Node process

<command> --help tells more.`;

/** Loaded when it is asked for: the compiler that `check` and `fix` need takes longer to load than everything else. */
const COMMANDS: Readonly<Record<string, () => Promise<(argv: readonly string[]) => Promise<number>>>> = {
	check: async () => (await import("./check.js")).runCheck,
	fix: async () => (await import("./fix.js")).runFix,
	report: async () => (await import("./report.js")).runReport,
	monitor: async () => (await import("./monitor.js")).runMonitor,
};

/** @returns the exit code; 2 for whatever could not be run. */
async function main([name = "", ...argv]: readonly string[]): Promise<number> {
	if (name === "--help" || name === "-h") {
		console.log(USAGE);
		return 0;
	}
	const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
	if (load === undefined) {
		console.error(`${name === "" ? "Say which command." : `There is no command "${name}".`}\n\n${USAGE}`);
		return 2;
	}
	try {
		const command = await load();
		return await command(argv);
	} catch (error) {
		console.error(error instanceof UsageError ? `${error.message}\n\nprisma-leak-lens ${name} --help tells more.` : error);
		return 2;
	}
}

// A reader that has enough, such as `head`, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
	if (error.code !== "EPIPE") throw error;
});

main(process.argv.slice(2)).then((code) => {
	process.exitCode = code;
});
