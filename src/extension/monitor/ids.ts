/** Names that the manifest knows too. */
export const ATTACH = "prismaLeakLens.attachMonitor";
export const DETACH = "prismaLeakLens.detachMonitor";
export const CHOOSE_LEVEL = "prismaLeakLens.chooseMonitorLevel";
export const FORGET_DATABASE_URL = "prismaLeakLens.forgetDatabaseUrl";
export const PROFILE_HEAP = "prismaLeakLens.profileHeap";
export const READ_NATIVE_MEMORY = "prismaLeakLens.readNativeMemory";
export const RECORDINGS = "prismaLeakLens.recordings";
export const OPEN_RECORDING = "prismaLeakLens.openRecording";
export const LEAVE_REPLAY = "prismaLeakLens.leaveReplay";
export const SET_BASELINE = "prismaLeakLens.setBaseline";
export const CLEAR_BASELINE = "prismaLeakLens.clearBaseline";
export const SHOW_DASHBOARD = "prismaLeakLens.showDashboard";
export const DASHBOARD_VIEW = "prismaLeakLens.dashboard";
/** Context key: something is attached, or about to be. */
export const ATTACHED_KEY = "prismaLeakLens.monitorAttached";
/** Context key: the dashboard shows a recording. */
export const REPLAY_KEY = "prismaLeakLens.replayShown";
/** Context key: the dashboard compares with a baseline. */
export const BASELINE_KEY = "prismaLeakLens.baselineSet";
