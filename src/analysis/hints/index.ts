export { poolHints } from "./hints.js";
export { clientLenses } from "./lenses.js";
export { siblingsOf } from "./siblings.js";
export { usersOf } from "./users.js";
