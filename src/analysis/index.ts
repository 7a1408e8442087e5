export { openProject } from "./project/project.js";
export type { Analysis, FixScope, ScanOptions, ScanProgress } from "./project/types.js";
