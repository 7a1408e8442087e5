import * as vscode from "vscode";
import { evidenceText, type Saving, type Severity, type SiteVerdict, savingText, sumOfSavings } from "../../protocol/index.js";
import { connectionsText, filesText, findingsText } from "../quantities.js";
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
	const { id, kind, path, leaks, severity, saving } = node;
	const label = headingOf(node);
	const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
	const count = leaks.length.toLocaleString("en");
	item.id = id;
	item.description = [count, savingText(saving), path === "" ? null : path].filter((part) => part !== null).join(" · ");
	item.iconPath = kind === "more" ? new vscode.ThemeIcon("ellipsis") : severityIcon(severity);
	const title = kind === "rule" ? (leaks[0]?.title ?? label) : label;
	item.tooltip = tooltipOf(`${title}: ${findingsText(leaks.length)}`, path, saving, null);
	item.contextValue = [kind, leaks.some(({ fixable }) => fixable) ? "fixable" : null].filter((part) => part !== null).join(" ");
	item.accessibilityInformation = {
		label: [label, findingsText(leaks.length), vscode.l10n.t("worst {0}", severityWord(severity)), ...spoken(saving)].join(", "),
	};
	return item;
}

function headingOf({ kind, label }: GroupNode): string {
	if (kind === "more") return vscode.l10n.t("{0} more", label);
	return kind === "package" && label === "." ? vscode.l10n.t("(root)") : label;
}

function leakItem({ id, namedBy, leak }: LeakNode): vscode.TreeItem {
	const saving = sumOfSavings([leak.saving]);
	const line = vscode.l10n.t("line {0}", leak.line);
	const label = namedBy === "rule" ? leak.rule : vscode.l10n.t("Line {0}", leak.line);
	const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
	item.id = id;
	const confirmed = leak.evidence && vscode.l10n.t("confirmed: {0}", evidenceText(leak.evidence));
	const described = [confirmed, savingText(saving), namedBy === "rule" ? line : null, leak.message];
	item.description = described.filter((part) => part !== null).join(" · ");
	item.iconPath = severityIcon(leak.severity);
	item.tooltip = tooltipOf(leak.title, leak.message, saving, leak.saving?.connections ?? null);
	item.contextValue = leak.fixable ? "leak fixable" : "leak";
	item.accessibilityInformation = {
		label: [`${severityWord(leak.severity)}, ${line}: ${leak.message}${confirmed === null ? "" : ` ${confirmed}`}`, ...spoken(saving)].join(
			", ",
		),
	};
	item.command = {
		title: vscode.l10n.t("Open"),
		command: "vscode.open",
		arguments: [uriOf(leak), { selection: toRange(leak), preserveFocus: true }],
	};
	return item;
}

function stepItem({ label, icon, command }: StepNode): vscode.TreeItem {
	const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
	item.iconPath = new vscode.ThemeIcon(icon);
	item.command = { title: label, command };
	return item;
}

function sitesItem({ sites }: SitesNode): vscode.TreeItem {
	const item = new vscode.TreeItem(vscode.l10n.t("Seen at run time, not found in the source"), vscode.TreeItemCollapsibleState.Expanded);
	item.id = "sites";
	item.description = sites.length.toLocaleString("en");
	item.iconPath = new vscode.ThemeIcon("pulse");
	item.tooltip = vscode.l10n.t(
		"The attached process makes one client after the other in these places, and the analysis reports none of them.",
	);
	return item;
}

function siteItem({ site }: SiteNode): vscode.TreeItem {
	const { uri, file, line, created } = site;
	const name = uri === null ? file : vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
	const item = new vscode.TreeItem(`${name}:${line}`, vscode.TreeItemCollapsibleState.None);
	item.id = `site:${file}:${line}`;
	item.description = vscode.l10n.t("{0} of {1} made", evidenceText(site), created.toLocaleString("en"));
	item.iconPath = new vscode.ThemeIcon("symbol-event");
	if (uri === null) item.tooltip = vscode.l10n.t("{0} is no source of this workspace, or could be several.", file);
	else {
		const selection = new vscode.Range(line - 1, 0, line - 1, 0);
		item.command = {
			title: vscode.l10n.t("Open"),
			command: "vscode.open",
			arguments: [vscode.Uri.parse(uri), { selection, preserveFocus: true }],
		};
	}
	return item;
}

function unreadItem({ files }: UnreadNode): vscode.TreeItem {
	const item = new vscode.TreeItem(vscode.l10n.t("Could not be read in full"), vscode.TreeItemCollapsibleState.Collapsed);
	item.id = "unread";
	item.description = files.length.toLocaleString("en");
	item.iconPath = new vscode.ThemeIcon("question");
	item.accessibilityInformation = { label: `${vscode.l10n.t("Could not be read in full")}, ${filesText(files.length)}` };
	item.tooltip = vscode.l10n.t("What stands in these files is not known, so that findings may be missing or judged by defaults.");
	return item;
}

function unreadFileItem({ place }: UnreadFileNode): vscode.TreeItem {
	const item = new vscode.TreeItem(place.file, vscode.TreeItemCollapsibleState.None);
	item.id = `unread:${place.folder}/${place.file}`;
	item.description = place.reason;
	item.iconPath = new vscode.ThemeIcon("file");
	item.tooltip = `${place.file}: ${place.reason}`;
	item.command = { title: vscode.l10n.t("Open"), command: "vscode.open", arguments: [uriOf(place), { preserveFocus: true }] };
	return item;
}

/** Texts come from the workspace: they are shown, not read as Markdown. */
function tooltipOf(title: string, text: string, saving: Saving, connections: number | null): vscode.MarkdownString {
	const tooltip = new vscode.MarkdownString();
	tooltip.appendMarkdown("**").appendText(title).appendMarkdown("**\n\n");
	if (text !== "") tooltip.appendText(text).appendMarkdown("\n\n");
	const memory = savingText(saving);
	if (memory === null) return tooltip;
	tooltip.appendText(
		connections === null
			? vscode.l10n.t("Mending it would save {0}.", memory)
			: vscode.l10n.t("Mending it would save {0} and up to {1}.", memory, connectionsText(connections)),
	);
	for (const source of saving.sources) tooltip.appendMarkdown("\n- ").appendText(vscode.l10n.t("Source: {0}", source));
	return tooltip;
}

function spoken(saving: Saving): readonly string[] {
	const text = savingText(saving);
	return text === null ? [] : [vscode.l10n.t("would save about {0}", text.slice(2))];
}

function severityWord(severity: Severity): string {
	switch (severity) {
		case "error":
			return vscode.l10n.t("error");
		case "warning":
			return vscode.l10n.t("warning");
		case "info":
			return vscode.l10n.t("note");
		case "hint":
			return vscode.l10n.t("hint");
	}
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
