export { type Baseline, baselineText, compareWithBaseline, parseBaseline } from "./check/baseline.js";
export { type Fingerprint, fingerprintsOf } from "./check/fingerprints.js";
export { githubAnnotations } from "./check/github.js";
export { type SarifRule, sarifLog } from "./check/sarif.js";
