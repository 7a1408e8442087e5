/** The only door to the archived @vscode/webview-ui-toolkit: to replace it, replace this file. */
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeDropdown, vsCodeOption } from "@vscode/webview-ui-toolkit";

export function registerControls(): void {
	provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption());
}

export function button(label: string, appearance: "primary" | "secondary", onClick: () => void): HTMLElement {
	const made = document.createElement("vscode-button");
	made.setAttribute("appearance", appearance);
	made.textContent = label;
	made.addEventListener("click", onClick);
	return made;
}

export interface Choice<T> {
	readonly value: T;
	readonly label: string;
}

export function dropdown<T>(name: string, choices: readonly Choice<T>[], selected: T, onChange: (value: T) => void): HTMLElement {
	const made = document.createElement("vscode-dropdown");
	made.setAttribute("aria-label", name);
	choices.forEach(({ value, label }, index) => {
		const option = document.createElement("vscode-option");
		option.setAttribute("value", String(index));
		if (value === selected) option.setAttribute("selected", "");
		option.textContent = label;
		made.append(option);
	});
	made.addEventListener("change", () => {
		const index = "value" in made ? Number(made.value) : Number.NaN;
		const choice = choices[index];
		if (choice !== undefined) onChange(choice.value);
	});
	return made;
}
