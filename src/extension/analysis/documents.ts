/** Documents whose text the server follows: sources, and the two kinds of files that hold pool sizes. */
export const DOCUMENTS = [
	...["typescript", "typescriptreact", "javascript", "javascriptreact"].map((language) => ({ scheme: "file", language })),
	{ scheme: "file", pattern: "**/.env*" },
	{ scheme: "file", pattern: "**/*.prisma" },
];
