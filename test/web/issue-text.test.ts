import { describe, expect, it } from "vitest";
import { hintOnPage, sentence } from "../../web/parts/issue-text.ts";

describe("messages of the library on the page", () => {
  it("are sentences, but names stay as they are written", () => {
    expect(sentence("nothing to fit")).toBe("Nothing to fit.");
    expect(sentence('did you mean "xi_V"?')).toBe('Did you mean "xi_V"?');
    expect(sentence("xi_V is outside its range")).toBe("xi_V is outside its range.");
  });

  it("name what the page has in place of a flag", () => {
    expect(hintOnPage("e.g. --cl 0.90,0.99")).toMatch(/options/);
    expect(hintOnPage("name the free parameters, e.g. --free xi_V")).toMatch(/“fitted”/);
    expect(hintOnPage("choose one of them, or --allow-overlap to count those events twice")).toBe(
      "Choose one of them.",
    );
    expect(hintOnPage("--plane a,b")).toMatch(/x and y/);
  });

  it("leave out what only the command can do", () => {
    expect(hintOnPage("--range widens it")).toBeUndefined();
    expect(hintOnPage("3072 valid names; see nurecoil list")).toBeUndefined();
    expect(hintOnPage("use fewer --toys")).toBeUndefined();
  });

  it("keep every other hint", () => {
    expect(hintOnPage("the target has no isotope with spin")).toBe("The target has no isotope with spin.");
  });
});
