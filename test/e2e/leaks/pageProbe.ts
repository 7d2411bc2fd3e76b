/** Messages that were seen, in order. */
export type Reports = [where: string, text: string][];

/**
 * Runs in every document before the page's own scripts and reports the messages that reach or leave it: of windows,
 * workers, ports and broadcast channels. It reports over the console, because that needs no call from the test into
 * the page: such a call would give the page a user gesture it never had. Messages are reported several at a time, since
 * a desktop sends a thousand while it opens: soon, and when the document goes.
 *
 * @param mark Begins every report, so that reports are told apart from what pages write to the console; and names the
 *   function that gives what is not reported yet.
 */
export function installPageProbe(mark: string): void {
  const { debug } = console;
  const { setTimeout } = window;
  const soonMs = 100;
  const place = `in ${location.pathname} of ${location.origin}`;

  function plain(_key: string, value: unknown): unknown {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
      return new TextDecoder().decode(value as BufferSource);
    if (value instanceof Map || value instanceof Set) return [...(value as Iterable<unknown>)];
    if (value instanceof Error) return [value.name, value.message, value.stack, { ...value }];
    return value;
  }
  const unreported: Reports = [];
  function report(what: string, data: unknown): void {
    let text: string;
    try {
      text = JSON.stringify(data, plain) ?? String(data);
    } catch {
      text = String(data);
    }
    // core-web says these on every connection, ten times a second.
    if (text === '{"topic":"ping"}' || text === '{"topic":"pong"}') return;
    const waiting = unreported.push([`${what} ${place}`, text]);
    if (isLeaving) tell();
    else if (waiting === 1) setTimeout(tell, soonMs);
  }
  function tell(): void {
    if (unreported.length > 0) debug(mark + JSON.stringify(unreported.splice(0)));
  }
  // What is written once the next document has come, in a process of its own, is lost.
  let isLeaving = false;
  window.addEventListener('beforeunload', () => {
    isLeaving = true;
    tell();
  });
  window.addEventListener('pagehide', tell);
  Object.defineProperty(window, mark, { value: () => unreported.splice(0) });

  const listening = new WeakSet<EventTarget>();
  const { addEventListener } = EventTarget.prototype;
  function listenTo(what: string, target: EventTarget): void {
    if (listening.has(target)) return;
    listening.add(target);
    addEventListener.call(target, 'message', (event) => report(`${what} message`, (event as MessageEvent).data));
  }
  listenTo('window', window);

  for (const name of ['Worker', 'SharedWorker', 'BroadcastChannel'] as const) {
    const Native = window[name] as unknown as new (...args: never[]) => EventTarget & { port?: EventTarget };
    (window as unknown as Record<string, unknown>)[name] = new Proxy(Native, {
      construct(target, args, newTarget) {
        const made = Reflect.construct(target, args, newTarget) as EventTarget & { port?: EventTarget };
        listenTo(name === 'BroadcastChannel' ? `BroadcastChannel ${String(args[0])}` : name, made.port ?? made);
        return made;
      },
    });
  }

  // A port that came in a message is heard once the page listens to it.
  MessagePort.prototype.addEventListener = function (
    this: MessagePort,
    ...args: Parameters<MessagePort['addEventListener']>
  ) {
    listenTo('MessagePort', this);
    addEventListener.apply(this, args as Parameters<EventTarget['addEventListener']>);
  } as MessagePort['addEventListener'];
  const onmessage = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage')!;
  Object.defineProperty(MessagePort.prototype, 'onmessage', {
    ...onmessage,
    set(this: MessagePort, listener: unknown) {
      listenTo('MessagePort', this);
      onmessage.set!.call(this, listener);
    },
  });

  type Sender = { postMessage: (...args: unknown[]) => void };
  const watchSending = (sender: Sender, what: (target: object) => string): void => {
    const send = sender.postMessage;
    sender.postMessage = function (this: object, ...args) {
      report(`${what(this)} sent`, args[0]);
      send.apply(this, args);
    };
  };
  watchSending(MessagePort.prototype as unknown as Sender, () => 'MessagePort');
  watchSending(Worker.prototype as unknown as Sender, () => 'Worker');
  watchSending(
    BroadcastChannel.prototype as unknown as Sender,
    (channel) => `BroadcastChannel ${(channel as BroadcastChannel).name}`,
  );
}

/** What a document has not reported yet, which it will not report any more. Runs in the page. */
export function takeUnreported(mark: string): Reports {
  return (window as unknown as Record<string, (() => Reports) | undefined>)[mark]?.() ?? [];
}

/** Everything this document's origin has stored, as text. Runs in the page. */
export async function storedText(): Promise<string> {
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
    });
  const databases: unknown[] = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name!));
    for (const store of database.objectStoreNames)
      databases.push(name, store, await settled(database.transaction(store).objectStore(store).getAll()));
    database.close();
  }
  const cached: string[] = [];
  // Without `https:` or `localhost` there is none.
  for (const name of 'caches' in globalThis ? await caches.keys() : []) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) cached.push(request.url, await (await cache.match(request))!.text());
  }
  return JSON.stringify([
    { ...localStorage },
    { ...sessionStorage },
    document.cookie,
    databases,
    cached,
    history.state,
    window.name,
    document.referrer,
  ]);
}
