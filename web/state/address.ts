/**
 * The state in the address: `#v1=<spec>&at=<values>&view=<view>`, each JSON, percent-encoded where addresses need it.
 * `v1` is the spec of the command's `--spec` and enough by itself; `at` and `view` hold what differs from the plain.
 */

import { couplingsOf } from "./analysis-spec.ts";
import { type PageState, plainView, type View } from "./page-state.ts";

export interface AddressProblem {
  readonly message: string;
  readonly hint: string;
}

export type ReadAddress =
  | { readonly state: PageState; readonly problem?: undefined }
  | { readonly problem: AddressProblem; readonly state?: undefined }
  | null;

const VERSION = 1;
const PARTS: readonly string[] = [`v${VERSION}`, "at", "view"];

/** @returns the part of an address from # on */
export function addressOf(state: PageState): string {
  const { spec, view } = state;
  const moved = couplingsOf(state);
  const at = Object.fromEntries(Object.entries(state.at).filter(([name]) => moved.includes(name)));
  const changed = Object.fromEntries(
    Object.entries(view).filter(([name, value]) => !same(value, plainView[name as keyof View])),
  );
  const parts = [`v${VERSION}=${encoded(spec)}`];
  if (Object.keys(at).length > 0) parts.push(`at=${encoded(at)}`);
  if (Object.keys(changed).length > 0) parts.push(`view=${encoded(changed)}`);
  return `#${parts.join("&")}`;
}

/**
 * Read an address; what the spec means is for the library to check.
 * @param hash the part from # on
 * @returns null where there is no state in it
 */
export function readAddress(hash: string): ReadAddress {
  const text = hash.replace(/^#/, "");
  if (text === "") return null;
  const given = text.split("&").map((part): [string, string] => {
    const at = part.indexOf("=");
    return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
  });
  const parts = new Map(given);
  const version = [...parts.keys()].map((name) => /^v(\d+)$/.exec(name)?.[1]).find((found) => found !== undefined);
  if (version === undefined) {
    return {
      problem: {
        message: "The address holds no analysis that this page can read.",
        hint: "Addresses of analyses begin with #v1=",
      },
    };
  }
  if (Number(version) > VERSION) {
    return {
      problem: {
        message: `The address was made by a newer version of this page (format v${version}; this page reads v${VERSION}).`,
        hint: "Reload the page to get its newest version, or ask for the spec as a file.",
      },
    };
  }
  if (Number(version) < VERSION) {
    return {
      problem: {
        message: `The address has the format v${version}, which is no longer read (this page reads v${VERSION}).`,
        hint: "Set the analysis up again and copy the new link.",
      },
    };
  }
  const strange = given.find(([name], k) => !PARTS.includes(name) || given.findIndex(([other]) => other === name) < k);
  if (strange !== undefined) {
    return {
      problem: {
        message: `The address has a part "${strange[0]}" that this page does not know, or has it twice.`,
        hint: `An address consists of ${PARTS.join(", ")}, each once. Nothing of it was applied.`,
      },
    };
  }
  const spec = decoded(parts.get(`v${version}`)!);
  const at = parts.has("at") ? decoded(parts.get("at")!) : { value: {} };
  const view = parts.has("view") ? decoded(parts.get("view")!) : { value: {} };
  for (const [name, part] of [
    ["v1", spec],
    ["at", at],
    ["view", view],
  ] as const) {
    if (part === undefined || !isRecord(part.value)) return { problem: damaged(name) };
  }
  const values = at!.value as Record<string, unknown>;
  const bad = Object.entries(values).find(([, value]) => typeof value !== "number");
  if (bad !== undefined) {
    return {
      problem: {
        message: `In the address, "at" gives no number for ${bad[0]}.`,
        hint: "Correct it, or start from the beginning.",
      },
    };
  }
  const odd = Object.entries(spec!.value as object).find(([name, given]) => SHAPES[name]?.(given) === false);
  if (odd !== undefined) {
    return {
      problem: {
        message: `In the address, "${odd[0]}" of the analysis is not what it should be: ${JSON.stringify(odd[1])}.`,
        hint: "Nothing of it was applied. Correct it, or copy the link again.",
      },
    };
  }
  const known = couplingsOf({ spec: spec!.value as PageState["spec"], at: {}, view: plainView });
  const unmoved = Object.keys(values).find((name) => !known.includes(name));
  if (unmoved !== undefined) {
    return {
      problem: {
        message: `In the address, "at" moves ${unmoved}, which the analysis neither frees nor sets.`,
        hint: "Correct it, or start from the beginning. Nothing of it was applied.",
      },
    };
  }
  const looked = readView(view!.value as Record<string, unknown>);
  if (looked === undefined) return { problem: damaged("view") };
  return {
    state: {
      spec: spec!.value as PageState["spec"],
      at: values as Record<string, number>,
      view: looked,
    },
  };
}

function damaged(part: string): AddressProblem {
  return {
    message: `The address is damaged: its part "${part}" cannot be read. Perhaps it was cut off when it was copied.`,
    hint: "Nothing of it was applied. Copy the whole link again.",
  };
}

const isNames = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === "string");

/** Fields of a spec that the page itself reads; what they mean, and all others, are for the library to check. */
const SHAPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  experiments: (value) =>
    Array.isArray(value) &&
    value.every((one) => typeof one === "string" || (isRecord(one) && typeof one["id"] === "string")),
  free: isNames,
  profile: isNames,
  plane: (value) => value === null || (isNames(value) && (value as readonly string[]).length === 2),
  parameters: (value) => isRecord(value) && Object.values(value).every((one) => typeof one === "number"),
  ranges: (value) => isRecord(value) && Object.values(value).every(Array.isArray),
  cl: (value) => value === null || Array.isArray(value),
  sigma: (value) => value === null || Array.isArray(value),
};

/** What a view may hold, checked field by field. */
const fits: { readonly [Name in keyof View]: (value: unknown) => boolean } = {
  tab: (value) => value === "analysis" || value === "gallery",
  spectrum: (value) => value === null || typeof value === "string",
  axes: (value) => isRecord(value) && Object.values(value).every((index) => Number.isInteger(index)),
  each: (value) => typeof value === "boolean",
  claims: (value) => Array.isArray(value) && value.every((name) => typeof name === "string"),
  window: (value) => value === null || (isRecord(value) && isRange(value["x"]) && isRange(value["y"])),
};

function readView(given: Record<string, unknown>): View | undefined {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(fits, name) || !fits[name as keyof View](value)) return undefined;
  }
  return { ...plainView, ...(given as Partial<View>) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isRange(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] < value[1];
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** JSON with only those characters replaced that have a meaning in addresses or are changed by mail programs. */
function encoded(value: unknown): string {
  return encodeURIComponent(JSON.stringify(value)).replaceAll("%3A", ":").replaceAll("%2C", ",");
}

function decoded(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(decodeURIComponent(text)) };
  } catch {
    return undefined;
  }
}
