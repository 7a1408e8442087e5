export { MonitorClient, type MonitorListener } from "./client.js";
export { createProcessLister, type ProcessLister } from "./discovery/index.js";
export { isLoopback, parseEndpoint } from "./endpoint.js";
export { Judge } from "./judge.js";
export { MonitorSession, type SessionListener } from "./session.js";
