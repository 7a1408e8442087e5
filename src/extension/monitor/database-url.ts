import * as vscode from "vscode";
import { parseDatabaseUrl, URL_FORM } from "../../monitor/index.js";
import { MAX_DATABASE_URL } from "../../protocol/index.js";

/** The URL that a person gave for the database's own view: one per workspace, in VS Code's secret storage and nowhere else. */
export class DatabaseUrl {
	readonly #secrets: vscode.SecretStorage;
	readonly #key = `prismaLeakLens.databaseUrl ${vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? ""}`;

	constructor(secrets: vscode.SecretStorage) {
		this.#secrets = secrets;
	}

	/** The stored URL, else the one a person enters now; undefined when it was dismissed. */
	async get(): Promise<string | undefined> {
		return (await this.stored()) ?? (await this.#ask());
	}

	/** Undefined when none was given. Asks nothing. */
	async stored(): Promise<string | undefined> {
		return this.#secrets.get(this.#key);
	}

	async forget(): Promise<void> {
		await this.#secrets.delete(this.#key);
	}

	async #ask(): Promise<string | undefined> {
		const url = await vscode.window.showInputBox({
			title: vscode.l10n.t("URL of the database that the process uses"),
			prompt: vscode.l10n.t(
				"It is kept in VS Code's secret storage. Its user needs the role pg_read_all_stats in PostgreSQL, or to be the user that the process connects as, and the privilege PROCESS in MySQL and MariaDB.",
			),
			placeHolder: vscode.l10n.t("postgresql://user:password@host:5432/database"),
			password: true,
			ignoreFocusOut: true,
			validateInput: (text) => (text.length <= MAX_DATABASE_URL && parseDatabaseUrl(text) !== null ? null : URL_FORM),
		});
		if (url !== undefined) await this.#secrets.store(this.#key, url);
		return url;
	}
}
