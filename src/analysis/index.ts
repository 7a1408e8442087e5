export type { Analysis, FixScope, ScanOptions, ScanProgress } from "./project/types.js";
