import { parser } from "typescript-eslint";

/** One rule, as people write by hand to forbid further clients; what else ESLint would look for is left out. */
export default [
	{ ignores: ["**/dist/", "**/build/", "**/.next/", "**/*.d.ts"] },
	{
		files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
		languageOptions: { parser },
		linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
		rules: { "no-restricted-syntax": ["error", "NewExpression[callee.name='PrismaClient']"] },
	},
];
