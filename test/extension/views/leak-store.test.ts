import { describe, expect, it } from "vitest";
import { LeakStore } from "../../../src/extension/views/leak-store.js";
import type { OverviewFile, OverviewFinding, OverviewFolder } from "../../../src/protocol/index.js";
import { FOLDER, leak } from "./leaks.js";

const HOTEL: OverviewFolder = { uri: FOLDER, name: "hotel", state: "ready", files: 3, packages: 1, prisma: ["7.10.0"], unread: [] };
const SHOP: OverviewFolder = { ...HOTEL, uri: "file:///work/shop", name: "shop" };
const { folder: _folder, file: _file, package: _package, title: _title, ...FINDING } = leak();

const file = (name: string, ...findings: readonly OverviewFinding[]): OverviewFile => ({ file: name, package: ".", findings });

function opened(): LeakStore {
	const store = new LeakStore();
	store.reset({
		titles: { "multiple-clients": "Several PrismaClients side by side" },
		folders: [HOTEL, SHOP],
		contents: [
			{ folder: HOTEL.uri, files: [file("src/a.ts", FINDING), file("src/b.ts", FINDING, { ...FINDING, line: 2 })] },
			{ folder: SHOP.uri, files: [file("src/a.ts", FINDING)] },
		],
	});
	return store;
}

const places = ({ leaks }: LeakStore): readonly string[] => leaks.map((one) => `${one.folder.slice(-5)}/${one.file}:${one.line}`);

describe("the store of leaks", () => {
	it("lists what the server told, with the title of each rule", () => {
		const store = opened();
		expect(places(store)).toEqual(["hotel/src/a.ts:1", "hotel/src/b.ts:1", "hotel/src/b.ts:2", "/shop/src/a.ts:1"]);
		expect(store.leaks[0]?.title).toBe("Several PrismaClients side by side");
	});

	it("takes in files that changed, and leaves the others", () => {
		const store = opened();
		store.apply({ folders: [HOTEL, SHOP], contents: [{ folder: HOTEL.uri, files: [file("src/b.ts"), file("src/c.ts", FINDING)] }] });
		expect(places(store)).toEqual(["hotel/src/a.ts:1", "hotel/src/c.ts:1", "/shop/src/a.ts:1"]);
	});

	it("forgets a folder that is gone", () => {
		const store = opened();
		store.apply({ folders: [SHOP], contents: [] });
		expect(places(store)).toEqual(["/shop/src/a.ts:1"]);
		store.apply({ folders: [HOTEL, SHOP], contents: [] });
		expect(places(store)).toEqual(["/shop/src/a.ts:1"]);
	});

	it("lists what could not be read, with its folder", () => {
		const store = opened();
		const unread = [{ file: "package.json", reason: "It is not valid JSON." }];
		store.apply({ folders: [HOTEL, { ...SHOP, unread }], contents: [] });
		expect(store.unread).toEqual([{ folder: SHOP.uri, file: "package.json", reason: "It is not valid JSON." }]);
		store.apply({ folders: [HOTEL, SHOP], contents: [] });
		expect(store.unread).toEqual([]);
	});

	it("names a rule it has no title for by its id", () => {
		const store = opened();
		store.apply({ folders: [HOTEL], contents: [{ folder: HOTEL.uri, files: [file("src/a.ts", { ...FINDING, rule: "new-rule" })] }] });
		expect(store.leaks[0]?.title).toBe("new-rule");
	});
});
