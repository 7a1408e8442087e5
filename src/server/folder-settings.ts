import { CONFIG_FILE, editorSource, patternsOfFilesExclude, readConfigFile, type Settings, settle } from "../config/index.js";
import type { Editor } from "./editor.js";
import { Root } from "./root.js";

/** The settings of a folder: what its config file says, over it the editor's settings. What cannot be used is warned about. */
export async function folderSettings(editor: Editor, folderUri: string): Promise<Settings> {
	const [{ section, filesExclude }, file] = await Promise.all([
		editor.configurationOf(folderUri),
		readConfigFile(new Root(folderUri).pathOf(CONFIG_FILE)),
	]);
	const fromFile = file?.kind === "read" ? [file.source] : [];
	const { settings, problems } = settle([...fromFile, editorSource(section)]);
	editor.warn(file?.kind === "broken" ? [file.problem, ...problems] : problems);
	return { ...settings, exclude: [...settings.exclude, ...patternsOfFilesExclude(filesExclude)] };
}
