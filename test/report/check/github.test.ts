import { expect, it } from "vitest";
import { githubAnnotations } from "../../../src/report/index.js";
import { checkReport, finding } from "./findings.js";

const inApi = (file: string): string => `api/${file}`;

it("writes a workflow command per finding, with its place from the repository's root", () => {
	const severities = ["error", "warning", "info", "hint"] as const;
	const lines = githubAnnotations(checkReport(severities.map((severity) => finding({ severity, line: 4, endLine: 4 }))), inApi);
	expect(lines[0]).toBe(
		"::error file=api/src/rooms.ts,line=4,col=1,endLine=4,endColumn=5,title=Prisma Leak Lens%3A multiple-clients::A second client.",
	);
	expect(lines.map((line) => line.split(" ")[0])).toEqual(["::error", "::warning", "::notice", "::notice"]);
});

it("lets neither a file's name nor a message add properties, lines or commands", () => {
	const [line = ""] = githubAnnotations(
		checkReport([finding({ file: "a,line=9::b\n::error::c.ts", message: "100 % of\r\n::set-output name=x::y" })]),
		(file) => file,
	);
	expect(line.split(/[\r\n]/)).toHaveLength(1);
	expect(line).toContain("file=a%2Cline=9%3A%3Ab%0A%3A%3Aerror%3A%3Ac.ts,line=1,");
	expect(line.endsWith("::100 %25 of%0D%0A::set-output name=x::y")).toBe(true);
});
