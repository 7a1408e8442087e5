import * as vscode from "vscode";

/** What asks a person and would wait for ever, or is refused by the test host. */
type Dialog = "showSaveDialog" | "showInputBox" | "showWarningMessage" | "showErrorMessage" | "showInformationMessage";

/** Answers a dialog in a person's place while `run` runs; `answer` gets what the dialog was called with. */
export async function answering<R>(dialog: Dialog, answer: (...asked: readonly unknown[]) => unknown, run: () => Promise<R>): Promise<R> {
	const shown = Object.getOwnPropertyDescriptor(vscode.window, dialog);
	Object.defineProperty(vscode.window, dialog, { ...shown, value: async (...asked: readonly unknown[]) => answer(...asked) });
	try {
		return await run();
	} finally {
		if (shown) Object.defineProperty(vscode.window, dialog, shown);
	}
}

/** Chooses the row that a pick list has in focus: its first one. */
export async function chooseFirst(): Promise<void> {
	await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
}

/** Chooses the row so many below the one in focus. */
export function chooseBelow(rows: number): () => Promise<void> {
	return async () => {
		for (let row = 0; row < rows; row++) await vscode.commands.executeCommand("workbench.action.quickOpenSelectNext");
		await chooseFirst();
	};
}
