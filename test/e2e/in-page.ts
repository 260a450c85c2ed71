/** What tests read inside the page. They are compiled without the browser's types, so what they touch is named here. */

/** An answer that follows the state (web/state/resource.ts). */
export interface PageResource<T> {
  readonly value: { readonly value: T | null };
  readonly busy: { readonly value: boolean };
  readonly failure: { readonly value: unknown };
}

/** Expected events of one experiment, cell by cell. */
export interface CountNumbers {
  readonly experiment: string;
  readonly likelihood: string;
  readonly components: readonly {
    readonly name: string;
    readonly flavour: string | null;
    readonly counts: readonly number[];
  }[];
  readonly total: readonly number[];
}

export interface PointNumbers {
  readonly parameters: Readonly<Record<string, number>>;
  readonly chi2: number;
  readonly pulls: Readonly<Record<string, number>>;
  readonly contributions: Readonly<Record<string, number>>;
  readonly predictions: readonly CountNumbers[];
}

type Border = readonly (readonly number[])[];

export interface RegionNumbers {
  readonly plane: readonly string[];
  readonly window: Readonly<Record<string, readonly number[]>>;
  readonly best: { readonly chi2: number };
  readonly regions: readonly {
    readonly cl: number;
    readonly deltaChi2: number;
    readonly area: number;
    readonly polygons: readonly {
      readonly outer: Border;
      readonly holes: readonly Border[];
    }[];
  }[];
}

export interface ProfileNumbers {
  readonly minimum: { readonly chi2: number };
  readonly levels: readonly { readonly cl: number; readonly segments: readonly (readonly (number | null)[])[] }[];
}

export interface PageState {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly at: Readonly<Record<string, number>>;
  readonly view: Readonly<Record<string, unknown>>;
}

export interface PageStatistics {
  readonly asked: number;
  readonly answered: number;
  readonly replaced: number;
  readonly dropped: number;
  readonly lost: number;
  readonly milliseconds: Readonly<Record<string, readonly number[]>>;
}

/** What web/main.tsx leaves for tests. */
export interface Exposed {
  readonly statistics: PageStatistics;
  readonly store: {
    readonly state: { value: PageState };
    readonly values: { readonly value: Readonly<Record<string, number>> };
    readonly opened: PageResource<unknown>;
    readonly point: PageResource<{ readonly result: PointNumbers; readonly spectrum: { readonly svg: string } | null }>;
    readonly profiles: { readonly value: ReadonlyMap<string, PageResource<ProfileNumbers>> };
    readonly layers: { readonly value: ReadonlyMap<string, PageResource<RegionNumbers>> };
  };
}

interface PageElement {
  readonly textContent: string | null;
  innerHTML: string;
  readonly id: string;
}

/** Global names of the page that tests use inside it. */
export interface InPage {
  readonly nurecoil?: Exposed;
  readonly crossOriginIsolated: boolean;
  readonly document: {
    readonly querySelector: (selector: string) => PageElement | null;
    readonly querySelectorAll: (selector: string) => ArrayLike<PageElement>;
    readonly activeElement: PageElement | null;
    readonly createElement: (name: string) => PageElement;
    readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number };
  };
  readonly performance: {
    readonly measureUserAgentSpecificMemory: () => Promise<{ readonly bytes: number }>;
  };
  readonly caches: { readonly keys: () => Promise<string[]> };
  readonly requestAnimationFrame: (act: () => void) => void;
  readonly addEventListener: (name: string, hear: () => void) => void;
  readonly MutationObserver: new (
    hear: () => void,
  ) => { readonly observe: (element: PageElement, what: object) => void };
  readonly navigator: {
    readonly serviceWorker: {
      readonly ready: Promise<{
        readonly installing: object | null;
        readonly waiting: object | null;
        readonly active: { readonly state: string } | null;
      }>;
      readonly controller: object | null;
    };
  };
}
