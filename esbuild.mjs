import { writeFile } from "node:fs/promises";
import { context } from "esbuild";

const watch = process.argv.includes("--watch");

/** The bundles need nothing but each other: the packaged extension ships no node_modules. */
const node = {
	platform: "node",
	format: "cjs",
	target: "node20",
	bundle: true,
	minify: !watch,
	sourcemap: watch,
	logLevel: "info",
	legalComments: "none",
};

const bundles = [
	// Most of the extension's code is the language client, which is loaded when it is active: VS Code need not read it before.
	{
		...node,
		entryPoints: { extension: "src/extension/activate.ts" },
		alias: { "vscode-languageclient/node": "./language-client.js" },
		external: ["vscode", "./language-client.js"],
	},
	{ ...node, entryPoints: { "language-client": "vscode-languageclient/node" }, external: ["vscode"] },
	// The compiler is most of what ships: one copy for both that need it.
	{
		...node,
		entryPoints: { server: "src/server/main.ts", cli: "src/cli/main.ts" },
		alias: { "ts-morph": "./ts-morph.js" },
		external: ["./ts-morph.js"],
	},
	// Node has a zlib of its own: autocannon's histogram need not bring one for browsers.
	{ ...node, entryPoints: { load: "src/monitor/load/main.ts" }, alias: { pako: "./src/monitor/load/pako.ts" } },
	{ ...node, entryPoints: { monitor: "src/monitor/main.ts", "ts-morph": "ts-morph" } },
	{ ...node, platform: "browser", format: "iife", target: "chrome120", entryPoints: { webview: "webview/main.ts" } },
];

const inputs = new Set();
for (const bundle of bundles) {
	const build = await context({ ...bundle, outdir: "dist", metafile: true });
	if (watch) await build.watch();
	else {
		const { metafile } = await build.rebuild();
		for (const output of Object.values(metafile.outputs)) for (const input of Object.keys(output.inputs)) inputs.add(input);
		await build.dispose();
	}
}
// `npm run notices` names the authors of what ships by it.
if (!watch) await writeFile("dist/inputs.json", JSON.stringify([...inputs].sort(), null, "\t"));
