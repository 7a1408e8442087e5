import { Debugger, field } from "./debugger.js";

/** What a test asks of a running process through its inspector: it stops the process for a moment, which the monitor never does. */
export interface Census {
	/** PrismaClients alive after garbage collection; what `$extends` yields is not counted. */
	readonly clients: number;
	/** Bytes of `process.memoryUsage().rss` after garbage collection. */
	readonly rss: number;
}

/** @param inspector `host:port` of an open inspector. */
export async function takeCensus(inspector: string): Promise<Census> {
	const [host = "", port = ""] = inspector.split(":");
	const debug = await Debugger.connect({ host, port: Number(port) });
	const send: Send = (method, params) => debug.send(method, params);
	try {
		// Before objects are asked for: the answer itself takes memory in the process.
		const rss = await send("Runtime.evaluate", {
			expression: COLLECT_AND_MEASURE,
			includeCommandLineAPI: true,
			awaitPromise: true,
			returnByValue: true,
		});
		const functions = await send("Runtime.queryObjects", { prototypeObjectId: await objectId(send, "Function.prototype") });
		const prototypes = await send("Runtime.callFunctionOn", {
			objectId: idIn(functions, "objects"),
			functionDeclaration: CLIENT_PROTOTYPE,
		});
		const instances = await send("Runtime.queryObjects", { prototypeObjectId: idIn(prototypes, "result") });
		const count = await send("Runtime.callFunctionOn", {
			objectId: idIn(instances, "objects"),
			functionDeclaration: COUNT,
			returnByValue: true,
		});
		return { clients: numberIn(count), rss: numberIn(rss) };
	} finally {
		debug.close();
	}
}

/** The class is minified, so it is known by its methods. */
const CLIENT_PROTOTYPE = `function () {
	for (const f of this) {
		const prototype = Object.getOwnPropertyDescriptor(f, "prototype")?.value;
		if (prototype && ["$connect", "$disconnect", "$transaction"].every((name) => Object.hasOwn(prototype, name))) return prototype;
	}
	throw new Error("no PrismaClient class");
}`;
const COUNT = `function () { return this.filter((client) => Object.hasOwn(client, "_engineConfig")).length; }`;
const COLLECT_AND_MEASURE = `(async () => {
	require("node:v8").setFlagsFromString("--expose-gc");
	const gc = require("node:vm").runInNewContext("gc");
	for (let turn = 0; turn < 4; turn++) { gc(); await new Promise((done) => setTimeout(done, 50)); }
	return process.memoryUsage().rss;
})()`;

type Send = (method: string, params: Record<string, unknown>) => Promise<unknown>;

async function objectId(send: Send, expression: string): Promise<string> {
	return idIn(await send("Runtime.evaluate", { expression }), "result");
}

function idIn(answer: unknown, name: string): string {
	const id = field(field(answer, name), "objectId");
	if (typeof id !== "string") throw new Error(`No object in ${JSON.stringify(answer)}`);
	return id;
}

function numberIn(answer: unknown): number {
	const value = field(field(answer, "result"), "value");
	if (typeof value !== "number") throw new Error(`No number in ${JSON.stringify(answer)}`);
	return value;
}
