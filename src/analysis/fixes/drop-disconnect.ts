import { ts } from "ts-morph";
import type { Finding } from "../../protocol/index.js";
import { sitePlace } from "../rules/places.js";
import { closingStatement, removeCall } from "./disconnects.js";
import { fileEdit } from "./edits.js";
import { findingAt, spanOf } from "./finding-place.js";
import type { FixContext, FixKind } from "./kind.js";
import { ancestor, expressionAt } from "./nodes.js";
import { Rewrite } from "./rewrite.js";
import type { Source } from "./source.js";
import { styleOf } from "./style.js";
import { Refusal } from "./types.js";
import { removeUnused } from "./unused.js";

/** Takes the `$disconnect` of the shared client out of what runs per request, with what is left empty by it. */
export const dropDisconnect: FixKind = {
	plan(finding, context) {
		const { file } = finding;
		const source = context.source(file);
		const call = closingCall(source, finding, context);
		const rewrite = new Rewrite(source, styleOf(source, context.model.workspace.packageOf(file)));
		removeCall(call, rewrite);
		rewrite.settle();
		removeUnused(source, rewrite, [call]);
		return { title: "Leave the shared client open", changes: [fileEdit(file, source.text, rewrite.edits())], notes: [] };
	},
};

/** The `$disconnect()` itself, or the call of a function that does nothing else. */
function closingCall(source: Source, finding: Finding, context: FixContext): ts.CallExpression {
	const [behind] = finding.related;
	if (!behind) return disconnectAt(source, spanOf(finding, source.text));
	const wrapper = context.source(behind.file);
	const disconnect = disconnectAt(wrapper, spanOf(behind, wrapper.text));
	const closer = ancestor(disconnect, ts.isFunctionLike);
	if (!closer || !onlyDisconnects(closer, disconnect))
		throw new Refusal("The function called here does more than close the client. Take $disconnect out of it.");
	const site = callOf(finding, closer, behind.file, context);
	const call = site && expressionAt(source.tree, site);
	if (!call || !ts.isCallExpression(call))
		throw new Refusal("The client is closed behind several functions. Take the call away where it is made.");
	return call;
}

function disconnectAt(source: Source, span: { readonly start: number; readonly end: number }): ts.CallExpression {
	const member = expressionAt(source.tree, span)?.parent;
	const call = member?.parent;
	if (!member || !ts.isPropertyAccessExpression(member) || !call || !ts.isCallExpression(call) || call.expression !== member)
		throw new Refusal("No client is closed at this place any more.");
	return call;
}

function onlyDisconnects(closer: ts.SignatureDeclaration, disconnect: ts.CallExpression): boolean {
	const body = "body" in closer ? closer.body : undefined;
	if (!body) return false;
	if (!ts.isBlock(body)) return body === disconnect || body === disconnect.parent;
	return body.statements.length === 1 && body.statements[0] === closingStatement(disconnect);
}

/** Where the finding's call is, when it leads to this very function. */
function callOf(finding: Finding, closer: ts.SignatureDeclaration, closerFile: string, { model }: FixContext) {
	const { file } = finding;
	const facts = model.linker.facts(file);
	const closing = model.linker.facts(closerFile);
	return facts?.calls.find((call, index) => {
		if (!findingAt(finding, sitePlace(model, { file, kind: "call", index, function: call.function }), model)) return false;
		return model.linker.values(file, call.callee, call.function).some((value) => {
			const span = value.k === "function" && value.file === closerFile ? closing?.functions[value.id]?.span : undefined;
			return span !== undefined && span.end === closer.end;
		});
	})?.span;
}
