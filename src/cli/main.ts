import { runCheck } from "./check.js";
import { runFix } from "./fix.js";
import { runMonitor } from "./monitor.js";
import { UsageError } from "./usage.js";

const USAGE = `Usage: prisma-leak-lens <command> [options]

  check DIR     find leaky Prisma usage in the sources
  fix DIR       apply the fixes of what check finds
  monitor       watch the memory and the database connections of a running Node process

<command> --help tells more.`;

const COMMANDS: Readonly<Record<string, (argv: readonly string[]) => Promise<number>>> = {
	check: runCheck,
	fix: runFix,
	monitor: runMonitor,
};

/** @returns the exit code; 2 for whatever could not be run. */
async function main([name = "", ...argv]: readonly string[]): Promise<number> {
	if (name === "--help" || name === "-h") {
		console.log(USAGE);
		return 0;
	}
	const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
	if (command === undefined) {
		console.error(`${name === "" ? "Say which command." : `There is no command "${name}".`}\n\n${USAGE}`);
		return 2;
	}
	try {
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
