import { claimShare } from '../../src/core-web/clientShare.ts';

describe('what the platform page keeps for one client', () => {
  it('is bounded, and what it has already may be said again', () => {
    const topics = new Set<string>();
    const claim = (topic: string) => {
      claimShare(topics, topic, 'subscriptions');
      topics.add(topic);
    };
    for (let count = 0; count < 500; count += 1) claim(`topic ${count}`);
    expect(() => claim('one more')).toThrow('This client has 500 subscriptions already');
    expect(() => claim('topic 0')).not.toThrow();
    topics.delete('topic 0');
    expect(() => claim('one more')).not.toThrow();
  });

  it('has no names of megabytes', () => {
    expect(() => claimShare(new Set(), 'x'.repeat(501), 'subscriptions')).toThrow('too long');
    expect(() => claimShare(new Set(), 'x'.repeat(500), 'subscriptions')).not.toThrow();
  });
});
