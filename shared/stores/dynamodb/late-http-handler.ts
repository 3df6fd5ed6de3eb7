import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';

/**
 * The SDK's own HTTP handler, made with the first request that is sent. It makes connection pools as soon as it is there, and for
 * them loads Node's `https`, which is a tenth of a function's start, and which what is refused at the door does without.
 */
export class LateHttpHandler implements Pick<NodeHttpHandler, 'handle' | 'destroy' | 'metadata'> {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #options: NodeHttpHandlerOptions;
  /** What the client set before there was a handler. */
  readonly #settings: Parameters<NodeHttpHandler['updateHttpClientConfig']>[] = [];
  #handler: NodeHttpHandler | undefined;

  constructor(options: NodeHttpHandlerOptions) {
    this.#options = options;
  }

  handle(...request: Parameters<NodeHttpHandler['handle']>): ReturnType<NodeHttpHandler['handle']> {
    this.#handler ??= this.#make();
    return this.#handler.handle(...request);
  }

  destroy(): void {
    this.#handler?.destroy();
  }

  updateHttpClientConfig(...setting: Parameters<NodeHttpHandler['updateHttpClientConfig']>): void {
    if (this.#handler === undefined) this.#settings.push(setting);
    else this.#handler.updateHttpClientConfig(...setting);
  }

  httpHandlerConfigs(): NodeHttpHandlerOptions {
    return this.#handler?.httpHandlerConfigs() ?? this.#options;
  }

  #make(): NodeHttpHandler {
    const handler = new NodeHttpHandler(this.#options);
    for (const setting of this.#settings) handler.updateHttpClientConfig(...setting);
    return handler;
  }
}
