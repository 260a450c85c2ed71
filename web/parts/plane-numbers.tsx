/** The regions in words and numbers: areas, islands, best fits to jump to. */

import type { RegionResult } from "nurecoil/analysis";
import { experimentName, plainText } from "nurecoil/figures";
import { moveTo } from "../state/change-couplings.ts";
import type { Store } from "../state/store.ts";
import { written } from "./plane-geometry.ts";
import { levelsText, percent } from "./plane-levels.ts";
import { combinedName } from "./plane-picture.ts";
import { CouplingSymbol, spoken } from "./symbol.tsx";

interface NumbersProps {
  readonly store: Store;
  readonly plane: readonly [string, string];
}

export function PlaneNumbers({ store, plane }: NumbersProps) {
  const layers = [...store.layers.value].flatMap(([name, { value }]) =>
    value.value !== null && value.value.plane.join() === plane.join() ? [{ name, region: value.value }] : [],
  );
  const combined = layers.find(({ name }) => name === "")?.region;
  return (
    <>
      {combined !== undefined && <BestFits store={store} plane={plane} region={combined} />}
      {layers[0] !== undefined && <p class="quiet">Levels for {levelsText(layers[0].region)}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keys must reach what scrolls */}
      <section class="plane-scroll" tabIndex={0} aria-label="Areas and islands">
        <table>
          <caption class="visually-hidden">
            Allowed regions of {spoken(plane[0])} and {spoken(plane[1])}
          </caption>
          <thead>
            <tr>
              <th scope="col">Region</th>
              <th scope="col">Level</th>
              <th scope="col" class="plane-number">
                Δχ² &lt;
              </th>
              <th scope="col" class="plane-number">
                Area
              </th>
              <th scope="col" class="plane-number">
                Islands
              </th>
              <th scope="col">Border</th>
              <th scope="col">Drawn</th>
            </tr>
          </thead>
          <tbody>
            {layers.flatMap(({ name, region }) =>
              region.regions.map((one) => (
                <tr key={`${name} ${one.cl}`}>
                  <th scope="row">{name === "" ? combinedName(store) : plainText(experimentName(name))}</th>
                  <td>{percent(one.cl)}</td>
                  <td class="plane-number">{one.deltaChi2.toFixed(2)}</td>
                  <td class="plane-number">{one.area === 0 ? "0" : one.area.toPrecision(3)}</td>
                  <td class="plane-number">{one.polygons.length}</td>
                  <td>{borderOf(one.polygons)}</td>
                  <td>{store.askOf(region)?.draft === true ? "draft" : "sharp"}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </section>
      {combined !== undefined && combined.failed > 0 && (
        <p class="quiet small">{combined.failed} points of the plane have no converged answer.</p>
      )}
    </>
  );
}

/** Whether a region ends inside of what was computed. */
function borderOf(polygons: RegionResult["regions"][number]["polygons"]): string {
  if (polygons.length === 0) return "empty";
  const open = polygons.filter((polygon) => polygon.open).length;
  const holes = polygons.reduce((sum, polygon) => sum + polygon.holes.length, 0);
  return `${open === 0 ? "closed" : "open: cut by the window"}${holes === 0 ? "" : `, ${holes} ${holes === 1 ? "hole" : "holes"}`}`;
}

/** Best fits that are offered, the best first. */
const MOST = 8;

function BestFits({ store, plane, region }: NumbersProps & { readonly region: RegionResult }) {
  const { minima, best, window } = region;
  const spans = plane.map((name) => window[name]![1] - window[name]![0]);
  return (
    <ul class="plane-minima" aria-label="Best fits">
      {minima.slice(0, MOST).map(({ chi2, parameters, status }, k) => (
        <li key={k}>
          <button
            type="button"
            class="small"
            title="Move the point there"
            onClick={() => store.change((state) => moveTo(state, parameters))}
          >
            {plane.map((name, axis) => (
              <span key={name}>
                <CouplingSymbol name={name} /> {written(parameters[name] ?? 0, spans[axis]!)}
              </span>
            ))}
            <span class="quiet">
              {k === 0 ? "best fit" : `Δχ² ${(chi2 - best.chi2).toFixed(2)}`}
              {status === "flat" ? ", flat" : status === "at-bound" ? ", at the end of its range" : ""}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
