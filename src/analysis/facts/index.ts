export { EditedText } from "./edited-text.js";
export { extractFacts } from "./extract.js";
export type * from "./types.js";
