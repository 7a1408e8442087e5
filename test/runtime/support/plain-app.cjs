/** A small server with ways to misbehave, without a database. A request it does not know ends it. */
const { spawnSync } = require("node:child_process");
const { createServer } = require("node:http");

const { OWN_HANDLER } = process.env;
if (OWN_HANDLER) process.on("SIGUSR1", () => console.log("own handler"));

/** After the answer is out. */
const soon = (work) => {
	setTimeout(work, 20);
};

const routes = {
	"/": () => {},
	"/exit": () => soon(() => process.exit(3)),
	"/throw": () =>
		soon(() => {
			throw new Error("thrown on request");
		}),
	"/compute": ({ ms }) =>
		soon(() => {
			const until = Date.now() + Number(ms);
			while (Date.now() < until);
		}),
	/** Blocks outside JavaScript, where no debugger can interrupt. */
	"/block": ({ ms }) => soon(() => spawnSync("sleep", [String(Number(ms) / 1000)])),
	/** Logs objects, as a log-heavy server does. */
	"/log": ({ count }) => {
		for (let at = 0; at < Number(count); at++) console.log({ at, text: "x".repeat(200) });
	},
	"/heap": () => {
		globalThis.gc?.();
		return process.memoryUsage().heapUsed;
	},
	/** Seconds of cpu the process has used. */
	"/cpu": () => {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1e6;
	},
	"/traces": () => ({ debugPort: process.debugPort, symbols: Object.getOwnPropertySymbols(globalThis).map(String) }),
};

createServer((request, response) => {
	const { pathname, searchParams } = new URL(request.url, "http://app");
	response.end(JSON.stringify(routes[pathname](Object.fromEntries(searchParams)) ?? null));
}).listen(0, "127.0.0.1", function () {
	console.log(`listening on ${this.address().port}`);
});
