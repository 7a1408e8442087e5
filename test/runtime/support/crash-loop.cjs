/** Starts a program that ends with code 1 soon, and again when it has, as a supervisor does. Says of each when it starts, and how it ended. */
const { spawn } = require("node:child_process");

/** Milliseconds each program lives: from hardly anything to long enough to be attached to. */
const LIVES = [0, 30, 60, 100, 150, 250, 400, 600, 800, 5_000];

const run = (index) => {
	if (index === LIVES.length) return console.log("over");
	const child = spawn(process.execPath, ["-e", `setTimeout(() => process.exit(1), ${LIVES[index]})`]);
	console.log(`started ${child.pid}`);
	child.once("exit", (code, signal) => {
		console.log(`ended ${child.pid} ${code} ${signal}`);
		run(index + 1);
	});
};

run(0);
