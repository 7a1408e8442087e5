/**
 * `npm start`: the example under light load, watched from VS Code.
 * `npm start -- PATH`: your own workspace, without the example.
 * `npm start -- --headless --shots DIR`: the first without a person; prints one JSON line about what was on the screen.
 */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildExtension } from "./lib/build.js";
import { findDesktopCode, openDesktop } from "./lib/desktop.js";
import { startExample } from "./lib/example.js";
import type { RunningHotel } from "./lib/leaky-hotel.js";
import type { ProcessGroup } from "./lib/processes.js";
import { say, step } from "./lib/progress.js";
import { runToTheEnd, type Teardown } from "./lib/teardown.js";
import { tour } from "./lib/tour.js";
import { prepareWorkbenchServer, startWorkbenchServer } from "./lib/workbench-server.js";

const USAGE = "Usage: npm start, npm start -- PATH, or npm start -- --headless --shots DIR";

const WHAT_TO_LOOK_AT = `
What to look at
  1. Problems (Ctrl+Shift+M): the Prisma clients that leak, each with what it costs. A rule's name opens its page.
  2. src/routes/rooms.ts: put the cursor on a squiggle, press Ctrl+. and choose "Use singleton".
  3. src/services/availability.ts: the grey hints say what a pool size costs; hover them for the sum and its source.
  4. F1, "Prisma Leak Lens: Attach memory monitor", pick leaky-hotel: memory and connections, live.
You work on a copy that goes away at the end.`;

interface Subject {
	readonly folder: string;
	readonly hotel?: RunningHotel;
}

async function main(teardown: Teardown): Promise<number> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { headless: { type: "boolean" }, shots: { type: "string" } },
	});
	const [path, ...rest] = positionals;
	if (rest.length > 0 || (values.headless && path !== undefined)) throw new Error(USAGE);
	if (values.headless) return tour(teardown, resolve(values.shots ?? "shots"));

	const workspace = path === undefined ? undefined : resolve(path);
	if (workspace !== undefined && !statSync(workspace, { throwIfNoEntry: false })?.isDirectory()) {
		throw new Error(`There is no folder ${workspace} to open.`);
	}
	const openEditor = await prepareEditor(teardown);
	const subject: Subject = workspace === undefined ? await startExample(teardown) : { folder: workspace };
	const editor = await openEditor(subject.folder);
	if (subject.hotel) say(WHAT_TO_LOOK_AT);
	say("\nCtrl+C ends everything that was started here.");
	const ends = [editor, ...(subject.hotel ? [subject.hotel.process] : [])];
	return Promise.race(
		ends.map(async (group) => {
			const code = await group.exit();
			if (code !== 0) throw new Error(`"${group.command}" ended with ${code}:\n${group.lastWords()}`);
			return code;
		}),
	);
}

/** Gives what opens VS Code on a folder: on the desktop where there is one, else as a server for a browser. */
async function prepareEditor(teardown: Teardown): Promise<(folder: string) => Promise<ProcessGroup>> {
	const code = findDesktopCode();
	if (code !== undefined) {
		await step("Building the extension", buildExtension);
		return async (folder) => {
			say(`\nOpening ${folder} in VS Code.`);
			return teardown.own(openDesktop(code, folder), (editor) => editor.stop());
		};
	}
	const vsix = await prepareWorkbenchServer();
	return async (folder) => {
		const { server } = await step("Starting the VS Code server", () => startWorkbenchServer(teardown, vsix));
		say(`\nVS Code is at ${server.urlOf(folder)}`);
		return server.process;
	};
}

void runToTheEnd(main);
