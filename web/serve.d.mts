/** An answer as it went out. */
export interface ServedAnswer {
  readonly path: string;
  readonly status: number;
  /** Of the body, as sent (gzip where the browser takes it). */
  readonly bytes: number;
}

export interface ServerOptions {
  readonly folder: string;
  readonly port?: number;
  readonly base?: string;
  readonly isolation?: boolean;
  readonly onAnswer?: (answer: ServedAnswer) => void;
  readonly onBusy?: (port: number) => void;
}

export interface OpenServer {
  readonly port: number;
  readonly address: string;
  readonly close: () => Promise<void>;
}

export function openServer(options: ServerOptions): Promise<OpenServer>;
