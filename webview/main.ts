import "./dashboard.css";
import { Dashboard } from "./dashboard.js";
import { Host } from "./host.js";
import { DashboardStore } from "./store.js";
import { onThemeChange } from "./theme.js";
import { registerControls } from "./toolkit.js";

registerControls();
const host = new Host();
const store = new DashboardStore(host.savedChoices());
const dashboard = new Dashboard(document.body, store, (message) => host.post(message));
store.subscribe(() => host.save(store.choices));
host.onMessage((message) => store.apply(message));
onThemeChange(() => dashboard.applyTheme());
host.post({ type: "ready" });
