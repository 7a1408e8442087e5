import { ts } from "ts-morph";
import type { IgnoredSetting } from "../pools/index.js";
import { fileEdit } from "./edits.js";
import type { FixContext, Repair } from "./kind.js";
import { bare, expressionAt } from "./nodes.js";
import { numberText, removeProperty } from "./object-literal.js";
import { has, written } from "./pool-options.js";
import { convert, isSameUnit } from "./setting-units.js";
import type { Source } from "./source.js";
import { Refusal } from "./types.js";

/** Gives an option of another driver the name, and the unit, that this one reads. */
export function renameOption({ name, place, instead, driver }: IgnoredSetting, context: FixContext): Repair {
	const source = context.source(place.file);
	const key = "span" in place ? expressionAt(source.tree, place.span) : null;
	const property = key?.parent;
	const isProperty = property && (ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property));
	if (!isProperty || !ts.isObjectLiteralExpression(property.parent) || instead === null)
		throw new Refusal(`${name} is not an option here any more.`);
	if (/[^\w.]/.test(instead)) throw new Refusal(`It takes a pool of your own: ${instead}.`);
	const repair = (title: string, edit: ReturnType<typeof removeProperty>): Repair => ({
		title,
		changes: [fileEdit(place.file, source.text, [edit])],
		notes: [],
	});
	if (has(property.parent, instead)) return repair(`Remove ${name}, which ${instead} stands for`, removeProperty(source, property));
	const [head = ""] = instead.split(".");
	if (head !== instead && has(property.parent, head))
		throw new Refusal(`The options have an object ${head} of their own; write the setting into it.`);
	const value = valueText(source, property, (number) => convert(number, name, instead, driver), isSameUnit(name, instead, driver));
	return repair(`Rename ${name} to ${instead}`, {
		start: property.getStart(),
		end: property.end,
		text: written({ option: instead, value }),
	});
}

function valueText(
	source: Source,
	property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment,
	converted: (value: number) => number,
	isSame: boolean,
): string {
	const value = ts.isPropertyAssignment(property) ? property.initializer : property.name;
	if (ts.isObjectLiteralExpression(bare(value)))
		throw new Refusal("The settings in it belong to the options themselves. Move each by hand.");
	if (isSame) return value.getText();
	if (!ts.isNumericLiteral(value)) throw new Refusal(`It counts in another unit, and ${value.getText()} is not a plain number.`);
	return numberText(converted(Number(value.text)), source.text);
}
