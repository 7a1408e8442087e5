/** A fixture of test/fixtures/fixes for each fix, and for each comment that silences. */
export interface FixRow {
	readonly fix: string;
	/** `<fix>/<language>/<name>` */
	readonly fixture: string;
	/** What the action makes of a finding's text, where it is not what the fixture says. */
	readonly expected?: (text: string, rule: string) => string;
}

const ADAPTER = "set-pool-size/ts-esm/adapter";

export const FIX_ROWS: readonly FixRow[] = [
	{ fix: "use-singleton", fixture: "use-singleton/ts-esm/module-variable" },
	{ fix: "import-provider-module", fixture: "import-provider-module/ts-esm/exported" },
	{ fix: "move-pool-setting", fixture: "move-pool-setting/ts-esm/url-alone" },
	{ fix: "set-pool-size", fixture: ADAPTER },
	{ fix: "set-pool-timeouts", fixture: "set-pool-timeouts/ts-cjs/pool" },
	{ fix: "set-transaction-timeout", fixture: "set-transaction-timeout/ts-cjs/super" },
	{ fix: "cleanup-transaction", fixture: "cleanup-transaction/ts-esm/function" },
	{ fix: "dispose-external-pool", fixture: "dispose-external-pool/ts-cjs/in-place" },
	{ fix: "bound-buffer", fixture: "bound-buffer/ts-esm/field" },
	{ fix: "use-tx-client", fixture: "use-tx-client/js-esm/fallback" },
	{ fix: "hoist-listener", fixture: "hoist-listener/ts-esm/handler" },
	{ fix: "clear-interval", fixture: "clear-interval/ts-esm/dropped" },
	{ fix: "add-disconnect-finally", fixture: "add-disconnect-finally/ts-esm/worker" },
	{ fix: "close-on-shutdown", fixture: "close-on-shutdown/ts-esm/pool" },
	{ fix: "drop-disconnect", fixture: "drop-disconnect/ts-esm/finally" },
	{ fix: "guard-hot-reload", fixture: "guard-hot-reload/ts-esm/plain" },
	{ fix: "drop-metrics-preview", fixture: "drop-metrics-preview/ts-esm/alone" },
	{ fix: "remove-suppression", fixture: "remove-suppression/ts-cjs/unknown-rule" },
	{
		fix: "suppress-line",
		fixture: ADAPTER,
		expected: (text, rule) => text.replace("const adapter", `// prisma-leak-lens-disable-next-line ${rule}\nconst adapter`),
	},
	{ fix: "suppress-file", fixture: ADAPTER, expected: (text, rule) => `// prisma-leak-lens-disable-file ${rule}\n${text}` },
];
