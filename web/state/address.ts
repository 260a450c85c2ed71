/**
 * The state in the address: `#v1=<spec>&at=<values>&view=<view>`, each JSON, percent-encoded where addresses need it.
 * `v1` is the spec of the command's `--spec` and enough by itself; `at` and `view` hold what differs from the plain.
 */

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

/** @returns the part of an address from # on */
export function addressOf({ spec, at, view }: PageState): string {
  const changed = Object.fromEntries(
    Object.entries(view).filter(([name, value]) => !same(value, plainView[name as keyof View])),
  );
  const parts = [`v${VERSION}=${encoded(spec)}`];
  if (Object.values(at).some((value) => value !== 0)) parts.push(`at=${encoded(at)}`);
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
  const parts = new Map(
    text.split("&").map((part): [string, string] => {
      const at = part.indexOf("=");
      return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
    }),
  );
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
