export { MonitorClient, type MonitorListener } from "./client.js";
export { createProcessLister, type ProcessLister } from "./discovery/index.js";
export { isLoopback, parseEndpoint } from "./endpoint.js";
export { Judge } from "./judge.js";
export { METRIC_NAMES, PrometheusExporter } from "./prometheus.js";
export { type ExportFormat, exportRecording, type Imported, importRecording } from "./recording/exchange.js";
export { deleteRecording, listRecordings, type RecordingInfo, recordingPath } from "./recording/library.js";
export { entriesOf } from "./recording/reader.js";
export { MonitorSession, type SessionListener } from "./session.js";
