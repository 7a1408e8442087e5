/** What autocannon's histogram uses of the package pako, by Node's own zlib: the bundle puts this in its place. */
export { deflateSync as deflate, inflateSync as inflate } from "node:zlib";
