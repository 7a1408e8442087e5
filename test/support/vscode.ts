/** All that texts without an editor need of VS Code, by Microsoft's own library for processes beside the extension host. */
export * as l10n from "@vscode/l10n";
