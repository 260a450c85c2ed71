/** Links, commands, files and citations to take away. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId, useMemo } from "preact/hooks";
import type { CommandQuestion } from "../desk/take-away.ts";
import { useDisclosure } from "../parts/disclosure.ts";
import { FigureButtons, linkOf, NumberButtons } from "../parts/downloads.tsx";
import { CouplingSymbol } from "../parts/symbol.tsx";
import { createTaking, type Taking } from "../parts/taking.ts";
import { TakingStatus } from "../parts/taking-status.tsx";
import type { Store } from "../state/store.ts";

export function TakeAway({ store }: { readonly store: Store }) {
  const id = useId();
  const taking = useMemo(() => createTaking(store, () => linkOf(store)), [store]);
  const { open, whole, button, toggle } = useDisclosure(taking.forget);
  return (
    <div class="take-away" ref={whole}>
      <button type="button" ref={button} aria-expanded={open.value} aria-controls={id} onClick={toggle}>
        Take away
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is of forms */}
      <div id={id} class="menu take-away-menu" role="group" aria-label="Take away" hidden={!open.value}>
        {open.value && <Menu store={store} taking={taking} />}
      </div>
    </div>
  );
}

interface MenuProps {
  readonly store: Store;
  readonly taking: Taking;
}

function Menu({ store, taking }: MenuProps) {
  const { spec } = store.state.value;
  const free = spec.free ?? [];
  const hasPlane = spec.plane !== undefined && spec.plane !== null;
  return (
    <>
      <Part title="This analysis">
        <button type="button" onClick={() => void taking.copyLink()}>
          Copy link
        </button>
        <button type="button" onClick={() => void taking.copySpec()}>
          Copy spec
        </button>
        <button type="button" aria-label="Download spec as JSON" onClick={() => void taking.saveSpec()}>
          Spec as JSON
        </button>
      </Part>
      <Command taking={taking} hasFree={free.length > 0} hasPlane={hasPlane} />
      <section class="take-away-part">
        <h2>Figures and numbers</h2>
        <dl class="take-away-files">
          <Files name="Spectrum">
            <FigureButtons store={store} taking={taking} figure="spectrum" />
            <NumberButtons taking={taking} what="spectrum" />
          </Files>
          <Files name="Pulls">
            <FigureButtons store={store} taking={taking} figure="pulls" />
          </Files>
          {hasPlane && (
            <Files name="Region">
              <FigureButtons store={store} taking={taking} figure="plane" />
              <NumberButtons taking={taking} what="plane" />
            </Files>
          )}
          {free.map((name) => (
            <Files
              key={name}
              name={
                <>
                  Profile <CouplingSymbol name={name} />
                </>
              }
            >
              <FigureButtons store={store} taking={taking} figure={{ profile: name }} />
              <NumberButtons taking={taking} what={{ profile: name }} />
            </Files>
          ))}
          {free.length > 0 && (
            <Files name="Fit">
              <NumberButtons taking={taking} what="fit" />
            </Files>
          )}
          <Files name="This point">
            <NumberButtons taking={taking} what="point" />
          </Files>
        </dl>
      </section>
      <Part title="Sources of everything in use">
        <button type="button" onClick={() => void taking.copyBibtex()}>
          Copy BibTeX
        </button>
        <button type="button" onClick={() => void taking.saveBibtex()}>
          Download BibTeX
        </button>
      </Part>
      <TakingStatus taking={taking} />
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="take-away-part">
      <h2>{title}</h2>
      <div class="take-away-buttons">{children}</div>
    </section>
  );
}

function Files({ name, children }: { readonly name: ComponentChildren; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface CommandProps {
  readonly taking: Taking;
  readonly hasFree: boolean;
  readonly hasPlane: boolean;
}

function Command({ taking, hasFree, hasPlane }: CommandProps) {
  const chosen = useSignal<CommandQuestion>("chi2");
  const questions: readonly (readonly [CommandQuestion, string])[] = [
    ["chi2", "χ² at this point"],
    ["predict", "events at this point"],
    ...(hasFree ? ([["fit", "fit of the free couplings"]] as const) : []),
    ...(hasPlane ? ([["region", "region of the plane"]] as const) : []),
  ];
  const known = questions.some(([question]) => question === chosen.value) ? chosen.value : "chi2";
  return (
    <Part title="As a command">
      <select
        aria-label="Question of the command"
        value={known}
        onChange={(event) => {
          chosen.value = event.currentTarget.value as CommandQuestion;
        }}
      >
        {questions.map(([question, name]) => (
          <option key={question} value={question}>
            {name}
          </option>
        ))}
      </select>
      <button type="button" onClick={() => void taking.copyCommand(known)}>
        Copy as command
      </button>
    </Part>
  );
}
