export { confirmSites, withEvidence } from "./confirm.js";
export { SourcePaths } from "./source-paths.js";
