/** What the papers' cards and claims are read from: one file, loaded when it is first wanted. */

import type { Gallery } from "nurecoil/reproductions";
import { DeskError } from "../desk/client.ts";
import { createResource, fill } from "./resource.ts";

const FILE = "gallery.json";
const FORMAT = "nurecoil/gallery/1";

/** Everything the papers' cards show; null before it was first wanted. */
export const gallery = createResource<Gallery>();

/** Load the cards, unless they are there or on their way; after a failure it tries again. */
export function loadGallery(): Promise<void> {
  return fill(gallery, FILE, () => fetchGallery(new URL(FILE, document.baseURI)));
}

/** @throws DeskError (data) saying what arrived and what to do */
export async function fetchGallery(address: URL): Promise<Gallery> {
  const broken = (message: string, hint: string): DeskError =>
    new DeskError({ kind: "data", issues: [{ file: FILE, message, hint }] });
  let text: string;
  try {
    const response = await fetch(address);
    if (!response.ok) throw broken(`the server answers ${response.status}`, "try again, or tell its host");
    text = await response.text();
  } catch (error) {
    if (error instanceof DeskError) throw error;
    throw broken("cannot be fetched", "is the network there? Try again");
  }
  try {
    const found = JSON.parse(text) as Partial<Gallery>;
    if (found.format === FORMAT && Array.isArray(found.papers) && Array.isArray(found.claims)) return found as Gallery;
  } catch {
    // Told below: what is cut off is no JSON.
  }
  throw broken(`is cut off or damaged (${text.length} characters arrived)`, "try again, or reload the page");
}
