export * from "./parse.js";
export * from "./settings.js";
export * from "./thresholds.js";
