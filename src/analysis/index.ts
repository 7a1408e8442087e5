export { cacheFolderAt, userCacheFolder } from "./project/cache-folder.js";
export { openProject } from "./project/project.js";
export type { CacheFolder } from "./project/scan-cache.js";
export type { Analysis, FixedAll, FixScope, FixSelection, ScanOptions, ScanProgress } from "./project/types.js";
export { RULE_METAS, type RuleMeta, ruleTitles } from "./rules/index.js";
