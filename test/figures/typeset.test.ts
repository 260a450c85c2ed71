import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import { describe, expect, it } from "vitest";
import { plainText, toSvg, typeset } from "../../src/figures/index.ts";

const SIZE = 10;
const width = (label: string): number => typeset(label, SIZE).width;
const glyph = (label: string, character: string) => {
  const found = typeset(label, SIZE).glyphs.find((placed) => placed.character === character);
  if (found === undefined) throw new Error(`no ${character} in ${label}`);
  return found;
};

describe("outlines", () => {
  it("are what the build script makes of the font", () => {
    const script = fileURLToPath(new URL("../../scripts/build-glyphs.mjs", import.meta.url));
    expect(() => execFileSync(process.execPath, [script, "--check"], { stdio: "pipe" })).not.toThrow();
  });

  it.each([
    ["Events", "regular", ""],
    ["AVATAR To We Ty 1/2", "regular", ""],
    ["Ångström, Šafařík & Łódź", "regular", ""],
    ["AV To We", "bold", "700Bold/STIXTwoText_700Bold.ttf"],
  ] as const)("sets %s as a text shaper does with the font itself", (text, face, file) => {
    // Reference: the renderer's own shaping and kerning of the TrueType font.
    const font = createRequire(import.meta.url).resolve(
      `@expo-google-fonts/stix-two-text/${file === "" ? "400Regular/STIXTwoText_400Regular.ttf" : file}`,
    );
    const size = 100;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="200"><text x="10" y="150" font-family="STIX Two Text" font-weight="${face === "bold" ? 700 : 400}" font-size="${size}">${text.replace("&", "&amp;")}</text></svg>`;
    const shaped = new Resvg(svg, {
      font: { loadSystemFonts: false, fontFiles: [font], defaultFontFamily: "STIX Two Text" },
    }).getBBox();
    const label = typeset(text.replace("&", "\\&"), size, face);
    const ours = new Resvg(
      toSvg({
        id: "t",
        title: "",
        description: "",
        width: 1200,
        height: 200,
        children: [{ type: "label", x: 10, y: 150, label, color: "#000000" }],
      }).replace(/<path fill="#ffffff"[^>]*>/, ""),
    ).getBBox();
    // Outlines are rounded to em/1000 and kerning pairs under 6/1000 em left out: 1/100 em over a word.
    expect(Math.abs((ours?.width ?? 0) - (shaped?.width ?? 1e9))).toBeLessThan(0.01 * size);
    expect(Math.abs((ours?.height ?? 0) - (shaped?.height ?? 1e9))).toBeLessThan(0.01 * size);
  });
});

describe("widths", () => {
  it("add up where no pair is kerned", () => {
    expect(width("Hi")).toBeCloseTo(width("H") + width("i"), 10);
    expect(width("2 PE")).toBeCloseTo(width("2") + width(" ") + width("PE"), 10);
  });

  it("are less for a kerned pair", () => {
    expect(width("AV")).toBeLessThan(width("A") + width("V") - 0.05 * SIZE);
  });

  it("grow with the size", () => {
    const label = "$\\varepsilon^{uV}_{ee}$ of $\\mathrm{CE}\\nu\\mathrm{NS}$";
    expect(typeset(label, 3 * SIZE).width).toBeCloseTo(3 * width(label), 8);
    expect(typeset(label, 3 * SIZE).ascent).toBeCloseTo(3 * typeset(label, SIZE).ascent, 8);
  });

  it("space operators by 4/18 em and relations by 5/18 em on each side, signs not at all", () => {
    const bare = width("$a$") + width("$b$");
    // Italic corrections come between the letters: a has none in this face, b does not end the comparison.
    expect(width("$a+b$")).toBeCloseTo(bare + width("$+$") + (8 / 18) * SIZE, 1);
    expect(width("$a=b$")).toBeCloseTo(bare + width("$=$") + (10 / 18) * SIZE, 1);
    expect(width("$-1$")).toBeCloseTo(width("$-$") + width("$1$"), 10);
    expect(width("$x=-1$")).toBeCloseTo(width("$x=1$") + width("$-$"), 10);
  });

  it("do not space operators inside scripts", () => {
    expect(width("$x^{a+b}$")).toBeLessThan(width("$x^{a}$") + 0.7 * (width("$+$") + width("$b$")) + 0.1 * SIZE);
  });
});

describe("scripts", () => {
  it("stand at seven tenths of the size, above and below the baseline", () => {
    expect(glyph("$x^2$", "2").size).toBeCloseTo(0.7 * SIZE, 10);
    expect(glyph("$x^{y^2}$", "2").size).toBeCloseTo(0.5 * SIZE, 10);
    expect(glyph("$x^2$", "2").y).toBeLessThan(-0.3 * SIZE);
    expect(glyph("$x_2$", "2").y).toBeGreaterThan(0.1 * SIZE);
  });

  it("are moved by the parameters of TeX's symbol font at 10 pt", () => {
    // \fontdimen14, 16 and 17 of cmsy10 (TeXbook, appendix F): sup2 3.62892 pt, sub1 1.5 pt, sub2 2.47217 pt.
    expect(glyph("$x^2$", "2").y).toBeCloseTo(-3.62892, 5);
    expect(glyph("$x_e$", "e").y).toBeCloseTo(1.5, 5);
    expect(glyph("$x^2_e$", "e").y).toBeCloseTo(2.47217, 5);
  });

  it("stack one above the other after the same letter, without touching", () => {
    const label = typeset("$\\xi_V^{e}$", SIZE);
    const [nucleus, sup, sub] = ["ξ", "e", "V"].map((c) => label.glyphs.find((g) => g.character === c)!);
    expect(sub!.x).toBeGreaterThan(nucleus!.x);
    expect(Math.abs(sup!.x - sub!.x)).toBeLessThan(0.15 * SIZE);
    expect(width("$\\xi_V^{e}$")).toBeLessThan(width("$\\xi_V e$"));
    // The V of the subscript reaches 0.66 of its em up, the e 0.02 down; a gap of 0.1 em at least stays between.
    const topOfSub = sub!.y - 0.66 * sub!.size;
    const bottomOfSup = sup!.y + 0.02 * sup!.size;
    expect(topOfSub - bottomOfSup).toBeGreaterThan(0.1 * SIZE);
  });

  it("come out the same in either order", () => {
    expect(typeset("$C_S^{u}$", SIZE).glyphs).toEqual(typeset("$C^{u}_S$", SIZE).glyphs);
  });

  it("bind to one character unless braced", () => {
    expect(glyph("$10^{-3}$", "3").size).toBeCloseTo(0.7 * SIZE, 10);
    expect(glyph("$10^23$", "3").size).toBe(SIZE);
    expect(glyph("$10^{-3}$", "0").size).toBe(SIZE);
  });
});

describe("math", () => {
  it("sets letters italic, digits, functions and \\mathrm upright, capitals of Greek upright", () => {
    expect(glyph("$n_\\mathrm{PE}$", "n").face).toBe("italic");
    expect(glyph("$n_\\mathrm{PE}$", "P").face).toBe("regular");
    expect(glyph("$\\sin^2\\theta_W$", "s").face).toBe("regular");
    expect(glyph("$\\Delta\\chi^2$", "Δ").face).toBe("regular");
    expect(glyph("$\\Delta\\chi^2$", "χ").face).toBe("italic");
    expect(glyph("$-2$", "−").face).toBe("regular");
  });

  it("draws a bar as a rule above the letter, within its width", () => {
    const label = typeset("$\\bar{\\nu}_\\mu$", SIZE);
    const nu = typeset("$\\nu$", SIZE);
    expect(label.rules).toHaveLength(1);
    const bar = label.rules[0]!;
    expect(bar.y + bar.height).toBeLessThan(-nu.ascent);
    expect(bar.x).toBeGreaterThanOrEqual(0);
    expect(bar.x + bar.width).toBeLessThan(nu.width + 0.1 * SIZE);
    expect(label.ascent).toBeGreaterThan(nu.ascent + bar.height);
  });
});

describe("errors", () => {
  it.each([
    ["$\\xii_V$", /unknown command \\xii.*xi/],
    ["\\foo", /unknown command \\foo/],
    ["\\alpha", /\\alpha is math/],
    ["$x^2^3$", /double superscript/],
    ["$x_2_3$", /double subscript/],
    ["$x", /missing closing \$/],
    ["$\\mathrm{PE$", /unexpected \$/],
    ["$x^$", /missing argument/],
    ["漢", /no outline for the character "漢" \(U\+6F22\)/],
  ])("%s is refused by name", (label, message) => {
    expect(() => typeset(label, SIZE)).toThrow(message);
  });
});

describe("plain text", () => {
  it.each([
    ["Events / 2 PE", "Events / 2 PE"],
    ["$\\bar{\\nu}_\\mu$", "ν\u0304_μ"],
    ["$\\Delta\\chi^2 < 2.71$", "Δχ^2 < 2.71"],
    ["$10^{-3}$ cm$^2$", "10^{−3} cm^2"],
    ["90\\,\\% CL", "90 % CL"],
    ["$f'$", "f′"],
    ["$n_\\mathrm{PE}$", "n_PE"],
  ])("%s reads %s", (label, text) => {
    expect(plainText(label)).toBe(text);
    expect(typeset(label, SIZE).text).toBe(text);
  });
});
