import type { GalleryCard } from "nurecoil/reproductions";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DeskError } from "../../web/desk/client.ts";
import { addressOf, readAddress } from "../../web/state/address.ts";
import { fetchGallery, found, matches, type Panel, type Paper, stateOfPanel } from "../../web/state/gallery.ts";
import { plainView } from "../../web/state/page-state.ts";

const both = { experiments: ["coherent-csi-2021@energy", "coherent-lar-2020@energy"], plane: ["xi_S_e", "xi_S_mu"] };
const panel = (state: object): Panel => ({ label: "one", state }) as unknown as Panel;

describe("state of a card", () => {
  it("is its spec and its point, on the page of the analysis", () => {
    const spec = { experiments: ["coherent-csi-2017@paper"], convention: "A", free: ["xi_V"] };
    const state = stateOfPanel(panel({ spec, at: { xi_V: -0.1117 }, view: { tab: "profile" } }));
    expect(state).toEqual({ spec, at: { xi_V: -0.1117 }, view: plainView });
  });

  it("shows each experiment beside the combination only where the card does", () => {
    const view = (parts: object) => stateOfPanel(panel({ spec: both, at: {}, view: { tab: "region", ...parts } })).view;
    expect(view({}).each).toBe(false);
    expect(view({ parts: true }).each).toBe(true);
  });

  it("has the window of the card, first axis across", () => {
    const window = [
      [-1, 2],
      [-3, 4],
    ];
    const { view } = stateOfPanel(panel({ spec: both, at: {}, view: { tab: "region", window } }));
    expect(view.window).toEqual({ x: [-1, 2], y: [-3, 4] });
  });

  it("comes back from its address", () => {
    const at = { xi_S_e: 0.1, xi_S_mu: -0.2 };
    const state = stateOfPanel(panel({ spec: both, at, view: { tab: "region", parts: true } }));
    expect(readAddress(addressOf(state))?.state).toEqual(state);
  });
});

describe("finding cards", () => {
  const status = { met: 2, offset: 0, missed: 1, notComparable: 0 };
  const panels = [panel({ spec: {}, at: {}, view: { tab: "region" } })];
  const card = {
    title: "Two couplings",
    text: "Best fits",
    place: "Table 2",
    status,
    panels,
  } as unknown as GalleryCard;
  const paper = { title: "COHERENT analysis", citation: "Somebody", urlText: "arXiv:1806.07424" } as Paper;

  it("by what became of their cases", () => {
    expect(matches(card, null)).toBe(true);
    expect(matches(card, "missed")).toBe(true);
    expect(matches(card, "offset")).toBe(false);
  });

  it("by words anywhere in card and paper, in any order", () => {
    expect(found(paper, card, "")).toBe(true);
    expect(found(paper, card, "1806 couplings TABLE")).toBe(true);
    expect(found(paper, card, "couplings tensor")).toBe(false);
  });
});

describe("loading the gallery", () => {
  afterEach(() => vi.unstubAllGlobals());
  const address = new URL("https://example.org/gallery.json");
  const issueOf = async (answer: () => Promise<Response>) => {
    vi.stubGlobal("fetch", answer);
    const error = await fetchGallery(address).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(DeskError);
    return (error as DeskError).failure.issues[0]!;
  };

  it("says that the network is not there", async () => {
    expect(await issueOf(() => Promise.reject(new TypeError("failed")))).toMatchObject({
      file: "gallery.json",
      message: "cannot be fetched",
    });
  });

  it("says what the server answers", async () => {
    const { message } = await issueOf(async () => new Response("", { status: 503 }));
    expect(message).toBe("the server answers 503");
  });

  it("says that a file is cut off, and how much of it came", async () => {
    const { message } = await issueOf(async () => new Response('{"format":"nurecoil/gallery/1","pap'));
    expect(message).toBe("is cut off or damaged (35 characters arrived)");
  });

  it("takes no other file for it", async () => {
    const { message } = await issueOf(async () => new Response('{"format":"nurecoil/gallery/2"}'));
    expect(message).toMatch(/^is cut off or damaged/);
  });
});
