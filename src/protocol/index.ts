export * from "./dashboard.js";
export * from "./finding.js";
export * from "./monitor.js";
export * from "./sample.js";
