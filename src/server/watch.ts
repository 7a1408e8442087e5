import { type FileSystemWatcher, WatchKind } from "vscode-languageserver/node";

/**
 * What the editor tells the server about the disk. Changes: of the files that can matter. Coming and going: of everything, since a
 * folder that is moved or deleted is reported as one path, not file by file.
 */
export const WATCHERS: FileSystemWatcher[] = [
	{ globPattern: "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,prisma}", kind: WatchKind.Change },
	{
		globPattern: "**/{package,package-lock,npm-shrinkwrap,tsconfig,tsconfig.*,jsconfig,jsconfig.*,host,wrangler,prisma-leak-lens}.json",
		kind: WatchKind.Change,
	},
	{
		globPattern:
			"**/{.env,.env.*,.gitignore,pnpm-lock.yaml,pnpm-workspace.yaml,yarn.lock,bun.lock,wrangler.toml,wrangler.jsonc,serverless.yml,serverless.yaml}",
		kind: WatchKind.Change,
	},
	{ globPattern: "**/*", kind: WatchKind.Create | WatchKind.Delete },
];

/** Changes inside these folders never matter, and come in thousands. */
export function isNoise(file: string): boolean {
	return /(^|\/)(node_modules|\.git)(\/|$)/.test(file);
}
