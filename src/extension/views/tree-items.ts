import * as vscode from "vscode";
import { evidenceText, plural, type Saving, type Severity, type SiteVerdict, savingText, sumOfSavings } from "../../protocol/index.js";
import { toRange } from "../ranges.js";
import type { Leak } from "./leak.js";
import type { UnreadPlace } from "./leak-store.js";
import type { GroupNode, LeakNode } from "./leak-tree.js";

/** Something to do where there is nothing to list. */
export interface StepNode {
	readonly kind: "step";
	readonly label: string;
	readonly icon: string;
	readonly command: string;
}

/** What a running process showed and the sources did not. */
export interface SitesNode {
	readonly kind: "sites";
	readonly sites: readonly SiteVerdict[];
}

export interface SiteNode {
	readonly kind: "site";
	readonly site: SiteVerdict;
}

/** What the analysis could not take in, so that findings may be missing. */
export interface UnreadNode {
	readonly kind: "unread";
	readonly files: readonly UnreadPlace[];
}

export interface UnreadFileNode {
	readonly kind: "unread-file";
	readonly place: UnreadPlace;
}

export function toTreeItem(node: GroupNode | LeakNode | StepNode | SitesNode | SiteNode | UnreadNode | UnreadFileNode): vscode.TreeItem {
	switch (node.kind) {
		case "step":
			return stepItem(node);
		case "sites":
			return sitesItem(node);
		case "site":
			return siteItem(node);
		case "unread":
			return unreadItem(node);
		case "unread-file":
			return unreadFileItem(node);
		case "leak":
			return leakItem(node);
		default:
			return groupItem(node);
	}
}

export function uriOf({ folder, file }: Pick<Leak, "folder" | "file">): vscode.Uri {
	return vscode.Uri.joinPath(vscode.Uri.parse(folder), file);
}

function groupItem(node: GroupNode): vscode.TreeItem {
	const { id, kind, label, path, leaks, severity, saving } = node;
	const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
	const count = leaks.length.toLocaleString("en");
	item.id = id;
	item.description = [count, savingText(saving), path === "" ? null : path].filter((part) => part !== null).join(" · ");
	item.iconPath = kind === "more" ? new vscode.ThemeIcon("ellipsis") : severityIcon(severity);
	const title = kind === "rule" ? (leaks[0]?.title ?? label) : label;
	item.tooltip = tooltipOf(`${title}: ${plural(leaks.length, "finding")}`, path, saving, null);
	item.contextValue = [kind, leaks.some(({ fixable }) => fixable) ? "fixable" : null].filter((part) => part !== null).join(" ");
	item.accessibilityInformation = { label: `${label}, ${plural(leaks.length, "finding")}, worst ${severity}${spoken(saving)}` };
	return item;
}

function leakItem({ id, label, leak }: LeakNode): vscode.TreeItem {
	const saving = sumOfSavings([leak.saving]);
	const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
	const line = label.startsWith("Line ") ? null : `line ${leak.line}`;
	item.id = id;
	const confirmed = leak.evidence && `confirmed: ${evidenceText(leak.evidence)}`;
	item.description = [confirmed, savingText(saving), line, leak.message].filter((part) => part !== null).join(" · ");
	item.iconPath = severityIcon(leak.severity);
	item.tooltip = tooltipOf(leak.title, leak.message, saving, leak.saving?.connections ?? null);
	item.contextValue = leak.fixable ? "leak fixable" : "leak";
	item.accessibilityInformation = {
		label: `${leak.severity}, line ${leak.line}: ${leak.message}${confirmed === null ? "" : ` ${confirmed}`}${spoken(saving)}`,
	};
	item.command = { title: "Open", command: "vscode.open", arguments: [uriOf(leak), { selection: toRange(leak), preserveFocus: true }] };
	return item;
}

function stepItem({ label, icon, command }: StepNode): vscode.TreeItem {
	const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
	item.iconPath = new vscode.ThemeIcon(icon);
	item.command = { title: label, command };
	return item;
}

function sitesItem({ sites }: SitesNode): vscode.TreeItem {
	const item = new vscode.TreeItem("Seen at run time, not found in the source", vscode.TreeItemCollapsibleState.Expanded);
	item.id = "sites";
	item.description = sites.length.toLocaleString("en");
	item.iconPath = new vscode.ThemeIcon("pulse");
	item.tooltip = "The attached process makes one client after the other in these places, and the analysis reports none of them.";
	return item;
}

function siteItem({ site }: SiteNode): vscode.TreeItem {
	const { uri, file, line, created } = site;
	const name = uri === null ? file : vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
	const item = new vscode.TreeItem(`${name}:${line}`, vscode.TreeItemCollapsibleState.None);
	item.id = `site:${file}:${line}`;
	item.description = `${evidenceText(site)} of ${created.toLocaleString("en")} made`;
	item.iconPath = new vscode.ThemeIcon("symbol-event");
	if (uri === null) item.tooltip = `${file} is no source of this workspace, or could be several.`;
	else {
		const selection = new vscode.Range(line - 1, 0, line - 1, 0);
		item.command = { title: "Open", command: "vscode.open", arguments: [vscode.Uri.parse(uri), { selection, preserveFocus: true }] };
	}
	return item;
}

function unreadItem({ files }: UnreadNode): vscode.TreeItem {
	const item = new vscode.TreeItem("Could not be read in full", vscode.TreeItemCollapsibleState.Collapsed);
	item.id = "unread";
	item.description = files.length.toLocaleString("en");
	item.iconPath = new vscode.ThemeIcon("question");
	item.accessibilityInformation = { label: `Could not be read in full, ${plural(files.length, "file")}` };
	item.tooltip = "What stands in these files is not known, so that findings may be missing or judged by defaults.";
	return item;
}

function unreadFileItem({ place }: UnreadFileNode): vscode.TreeItem {
	const item = new vscode.TreeItem(place.file, vscode.TreeItemCollapsibleState.None);
	item.id = `unread:${place.folder}/${place.file}`;
	item.description = place.reason;
	item.iconPath = new vscode.ThemeIcon("file");
	item.tooltip = `${place.file}: ${place.reason}`;
	item.command = { title: "Open", command: "vscode.open", arguments: [uriOf(place), { preserveFocus: true }] };
	return item;
}

/** Texts come from the workspace: they are shown, not read as Markdown. */
function tooltipOf(title: string, text: string, saving: Saving, connections: number | null): vscode.MarkdownString {
	const tooltip = new vscode.MarkdownString();
	tooltip.appendMarkdown("**").appendText(title).appendMarkdown("**\n\n");
	if (text !== "") tooltip.appendText(text).appendMarkdown("\n\n");
	const memory = savingText(saving);
	if (memory === null) return tooltip;
	const pool = connections === null ? "" : ` and up to ${plural(connections, "connection")}`;
	tooltip.appendText(`Mending it would save ${memory}${pool}.`);
	for (const source of saving.sources) tooltip.appendMarkdown("\n- ").appendText(`Source: ${source}`);
	return tooltip;
}

function spoken(saving: Saving): string {
	const text = savingText(saving);
	return text === null ? "" : `, would save about ${text.slice(2)}`;
}

const ICONS: Readonly<Record<Severity, { readonly icon: string; readonly color: string }>> = {
	error: { icon: "error", color: "problemsErrorIcon.foreground" },
	warning: { icon: "warning", color: "problemsWarningIcon.foreground" },
	info: { icon: "info", color: "problemsInfoIcon.foreground" },
	hint: { icon: "lightbulb", color: "icon.foreground" },
};

function severityIcon(severity: Severity): vscode.ThemeIcon {
	const { icon, color } = ICONS[severity];
	return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}
