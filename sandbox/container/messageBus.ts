import type { ContainerWindow } from './containerWindow.ts';

interface Subscription {
  window: ContainerWindow;
  uuid: string;
  name: string | undefined;
  topic: string;
  listenerId: string;
}

/** `fin.InterApplicationBus.publish/subscribe`: messages by topic, filtered by who sends them. */
export class MessageBus {
  #subscriptions: Subscription[] = [];

  subscribe(subscription: Subscription): void {
    this.#subscriptions.push(subscription);
  }

  unsubscribe(window: ContainerWindow, listenerId: string): void {
    this.#subscriptions = this.#subscriptions.filter((one) => one.window !== window || one.listenerId !== listenerId);
  }

  publish(sender: ContainerWindow, topic: string, message: unknown): void {
    for (const { window, uuid, name, topic: wanted, listenerId } of this.#subscriptions) {
      const fromWanted = (uuid === '*' || uuid === sender.uuid) && (name === undefined || name === sender.name);
      if (fromWanted && wanted === topic) window.tell('listener', { listenerId, values: [message, sender.identity] });
    }
  }

  forget(window: ContainerWindow): void {
    this.#subscriptions = this.#subscriptions.filter((one) => one.window !== window);
  }
}
