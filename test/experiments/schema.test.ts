import { expect, it } from "vitest";
import { experimentJsonSchema, experimentSchema } from "../../src/experiments/schema.ts";
import type { SchemaNode } from "../../src/experiments/schema-walk.ts";
import { shippedTexts } from "./shipped.ts";

const schema = experimentJsonSchema() as SchemaNode;

/** Every object schema with its path, through properties, items, maps and unions. */
function objects(node: SchemaNode, path: string): [string, SchemaNode][] {
  return [
    ...(node.properties === undefined ? [] : [[path, node] as [string, SchemaNode]]),
    ...Object.entries(node.properties ?? {}).flatMap(([key, child]) => objects(child, `${path}.${key}`)),
    ...(node.items ? objects(node.items, `${path}[]`) : []),
    ...(typeof node.additionalProperties === "object" ? objects(node.additionalProperties, `${path}.*`) : []),
    ...(node.oneOf ?? []).flatMap((option, i) => objects(option, `${path}<${i}>`)),
  ];
}
const all = objects(schema, "$");

it("is strict everywhere", () => {
  expect(all.map(([path]) => path)).toContain("$.likelihoods[]<0>.response[]<1>");
  for (const [path, node] of all) expect(node.additionalProperties, path).toBe(false);
});

it("describes every field", () => {
  // A constant such as a type says itself what it is.
  for (const [path, node] of all)
    for (const [key, child] of Object.entries(node.properties ?? {}))
      if (!("const" in child))
        expect(child, `${path}.${key}`).toHaveProperty("description", expect.stringMatching(/\w{3}/));
});

it("calls every `source` a reference to a source", () => {
  const sources = all.filter(([, node]) => Object.hasOwn(node.properties ?? {}, "source"));
  expect(sources.length).toBeGreaterThan(4);
  for (const [path, node] of sources)
    expect(node.properties?.["source"]?.["x-reference"], path).toEqual({ to: "sources" });
});

it("is plain JSON and names the dialect", () => {
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  expect(schema).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "nurecoil/experiment/1",
  });
});

it("keeps absent what is absent", () => {
  const file = experimentSchema.parse(JSON.parse(shippedTexts()["experiment.json"] as string));
  expect(Object.keys(file.inputs["mass"] as object)).toEqual(["value", "unit", "source"]);
});
