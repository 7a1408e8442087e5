import { addDisconnectFinally } from "./add-disconnect-finally.js";
import { boundBuffer } from "./bound-buffer.js";
import { cleanupTransaction } from "./cleanup-transaction.js";
import { clearInterval } from "./clear-interval.js";
import { closeOnShutdown } from "./close-on-shutdown.js";
import { disposeExternalPool } from "./dispose-external-pool.js";
import { dropDisconnect } from "./drop-disconnect.js";
import { dropMetricsPreview } from "./drop-metrics-preview.js";
import { guardHotReload } from "./guard-hot-reload.js";
import { hoistListener } from "./hoist-listener.js";
import { importProviderModule } from "./import-provider-module.js";
import type { FixKind } from "./kind.js";
import { movePoolSetting } from "./move-pool-setting.js";
import { removeSuppression } from "./remove-suppression.js";
import { setPoolSize } from "./set-pool-size.js";
import { setPoolTimeouts } from "./set-pool-timeouts.js";
import { setTransactionTimeout } from "./set-transaction-timeout.js";
import { suppressFile } from "./suppress-file.js";
import { suppressLine } from "./suppress-line.js";
import { useSingleton } from "./use-singleton.js";
import { useTxClient } from "./use-tx-client.js";

/** By id. Where several would change the same text, the first one does. */
export const FIX_KINDS: Readonly<Record<string, FixKind>> = {
	"use-singleton": useSingleton,
	"import-provider-module": importProviderModule,
	"move-pool-setting": movePoolSetting,
	"set-pool-size": setPoolSize,
	"set-pool-timeouts": setPoolTimeouts,
	"set-transaction-timeout": setTransactionTimeout,
	"cleanup-transaction": cleanupTransaction,
	"dispose-external-pool": disposeExternalPool,
	"bound-buffer": boundBuffer,
	"use-tx-client": useTxClient,
	"hoist-listener": hoistListener,
	"clear-interval": clearInterval,
	"add-disconnect-finally": addDisconnectFinally,
	"close-on-shutdown": closeOnShutdown,
	"drop-disconnect": dropDisconnect,
	"guard-hot-reload": guardHotReload,
	"drop-metrics-preview": dropMetricsPreview,
	"remove-suppression": removeSuppression,
};

/** What silences a finding instead of repairing it: offered to a person, never applied to many. */
export const SUPPRESSIONS: Readonly<Record<string, FixKind>> = {
	"suppress-line": suppressLine,
	"suppress-file": suppressFile,
};
