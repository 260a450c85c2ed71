/** WebAssembly from its text form. */

/** The part of the standard interface that is used: declared here because it belongs to no platform's types alone. */
interface WebAssemblyInterface {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

/** Undefined where pages may not compile. */
const webAssembly = (globalThis as { readonly WebAssembly?: WebAssemblyInterface }).WebAssembly;

const PAGE = 65536;

/** A compiled module that works on a memory of its own. */
export interface WasmModule {
  /** @throws where there is no memory of that size */
  readonly instance: (bytes: number) => { readonly buffer: ArrayBuffer; readonly exports: unknown };
}

/** Compile at once; undefined where WebAssembly or its vectors are not to be had. */
export function wasmModule(base64: string): WasmModule | undefined {
  if (webAssembly === undefined) return undefined;
  const { Module, Memory, Instance } = webAssembly;
  try {
    const module = new Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
    return {
      instance: (bytes) => {
        const pages = Math.ceil(bytes / PAGE);
        const memory = new Memory({ initial: pages, maximum: pages });
        return { buffer: memory.buffer, exports: new Instance(module, { env: { memory } }).exports };
      },
    };
  } catch {
    return undefined;
  }
}
