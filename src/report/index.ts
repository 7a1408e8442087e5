export { type Baseline, baselineText, compareWithBaseline, parseBaseline } from "./check/baseline.js";
export { type Fingerprint, fingerprintsOf } from "./check/fingerprints.js";
export { githubAnnotations } from "./check/github.js";
export { findingsOfCheck } from "./check/parsed.js";
export { type SarifRule, sarifLog } from "./check/sarif.js";
export { heapProfileText } from "./heap-profile.js";
export { analysedIn, leakReport, type ReportInput } from "./leaks/report.js";
export type { LeakReport } from "./leaks/types.js";
export { REPORT_FORMATS, type ReportFormat, renderReport } from "./render/render.js";
