import { describe, expect, it } from "vitest";
import { parseSmaps } from "../../../src/monitor/procfs/smaps.js";

const TEXT = `00400000-00b6f000 r--p 00000000 fe:00 260689                             /opt/my node/bin/node
Size:               7612 kB
Rss:                5944 kB
Shared_Clean:       5900 kB
Private_Clean:        40 kB
Private_Dirty:         4 kB
VmFlags: rd mr mw me 
7f6908000000-7f6908140000 rw-p 00000000 00:00 0 
Rss:                 224 kB
Private_Dirty:       224 kB
VmFlags: rd wr mr mw me ac dc nr sd 
7ffe5a633000-7ffe5a654000 rw-p 00000000 00:00 0                          [stack]
Rss:                  68 kB
`;

describe("parseSmaps", () => {
	it("reads addresses, name with spaces, resident bytes, own bytes and flags of each mapping", () => {
		expect(parseSmaps(TEXT)).toEqual([
			{
				start: 0x400000,
				end: 0xb6f000,
				permissions: "r--p",
				name: "/opt/my node/bin/node",
				rss: 5_944 * 1_024,
				own: 44 * 1_024,
				flags: new Set(["rd", "mr", "mw", "me"]),
			},
			expect.objectContaining({ start: 0x7f6908000000, end: 0x7f6908140000, name: "", rss: 224 * 1_024 }),
			expect.objectContaining({ name: "[stack]", rss: 68 * 1_024, own: 0, flags: new Set() }),
		]);
	});

	it.each(["", "garbage\nRss: 4 kB\n", "Rss:                  68 kB"])("finds no mapping in %j", (text) => {
		expect(parseSmaps(text)).toEqual([]);
	});
});
