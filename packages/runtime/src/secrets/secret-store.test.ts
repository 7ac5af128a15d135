import { describe, expect, it } from 'vitest';
import { fakeSource } from './fixtures/fake-source.ts';
import { SecretFailure } from './secret-failure.ts';
import { openSecretStore, type SecretStore } from './secret-store.ts';

const OLD = 'old-value-0123456789';
const NEW = 'new-value-0123456789';

async function currentValue(store: SecretStore, name: string): Promise<string> {
  const found = await store.resolve(name);
  return found.kind === 'found' ? found.secret.reveal() : found.kind;
}

describe('the store', () => {
  it('reads what its sources can tell when it opens, and redacts it from then on', async () => {
    const source = fakeSource({ KEY: OLD });
    const store = await openSecretStore({ sources: [source] });
    expect(store.redactor.redactText(`x ${OLD}`)).toEqual({ text: 'x [redacted:KEY]', count: 1 });
    expect(await currentValue(store, 'KEY')).toBe(OLD);
    expect(await currentValue(store, 'NONE')).toBe('missing');
    expect(source.asked).toEqual(['KEY', 'NONE']);
  });

  it('does not open with a value that cannot be used, or a source that fails', async () => {
    await expect(openSecretStore({ sources: [fakeSource({ KEY: 'short' })] })).rejects.toThrow(
      'Cannot use secret "KEY": its value is shorter than 8 characters',
    );
    const source = fakeSource({ KEY: OLD });
    source.fails = true;
    const error = await openSecretStore({ sources: [source] }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SecretFailure);
    expect(String(error)).not.toContain(OLD);
  });

  it('asks again when the lease is over, and uses no value beyond it', async () => {
    let now = 0;
    const source = fakeSource({ KEY: OLD });
    const store = await openSecretStore({ sources: [source], leaseMs: 1000, now: () => now });
    source.values.set('KEY', { value: NEW });
    source.asked.length = 0;
    now = 999;
    expect(await currentValue(store, 'KEY')).toBe(OLD);
    now = 1000;
    expect(await currentValue(store, 'KEY')).toBe(NEW);
    expect(await currentValue(store, 'KEY')).toBe(NEW);
    expect(source.asked).toEqual(['KEY']);
    source.fails = true;
    now = 2000;
    expect(await currentValue(store, 'KEY')).toBe('failed');
  });

  it('lets a source give a shorter lease', async () => {
    let now = 0;
    const source = fakeSource();
    source.values.set('KEY', { value: OLD, expiresInMs: 10 });
    const store = await openSecretStore({ sources: [source], now: () => now });
    source.values.set('KEY', { value: NEW });
    now = 9;
    expect(await currentValue(store, 'KEY')).toBe(OLD);
    now = 10;
    expect(await currentValue(store, 'KEY')).toBe(NEW);
  });

  it('takes up a rotated value without a restart, and redacts both for a while', async () => {
    let now = 0;
    const source = fakeSource({ KEY: OLD, OTHER: 'other-value-0123' });
    const store = await openSecretStore({ sources: [source], keepMs: 1000, now: () => now });
    source.values.set('KEY', { value: NEW });
    store.rotate('KEY');
    expect(await currentValue(store, 'KEY')).toBe(NEW);
    expect(store.redactor.redactText(`${OLD} ${NEW}`).text).toBe('[redacted:KEY] [redacted:KEY]');
    now = 1001;
    store.rotate();
    expect(await currentValue(store, 'KEY')).toBe(NEW);
    expect(store.redactor.redactText(`${OLD} ${NEW} other-value-0123`).text).toBe(
      `${OLD} [redacted:KEY] [redacted:OTHER]`,
    );
  });

  it('notices by its revision that a value has changed', async () => {
    const source = fakeSource({ KEY: OLD });
    let revision = '1';
    const store = await openSecretStore({ sources: [{ ...source, revision: async () => revision }] });
    source.values.set('KEY', { value: NEW });
    expect(await currentValue(store, 'KEY')).toBe(OLD);
    revision = '2';
    expect(await currentValue(store, 'KEY')).toBe(NEW);
  });

  it('uses no value whose source is gone', async () => {
    const source = fakeSource({ KEY: OLD });
    let revision: string | undefined = '1';
    const store = await openSecretStore({ sources: [{ ...source, revision: async () => revision }] });
    revision = undefined;
    source.values.delete('KEY');
    expect(await currentValue(store, 'KEY')).toBe('missing');
    expect(store.redactor.contains(Buffer.from(OLD))).toBe(true);
  });

  it('prefers the first source, and knows the values of all', async () => {
    const store = await openSecretStore({ sources: [fakeSource({ KEY: OLD }), fakeSource({ KEY: NEW })] });
    expect(await currentValue(store, 'KEY')).toBe(OLD);
    expect(store.redactor.redactText(NEW).count).toBe(1);
  });

  it('asks once for many calls at the same time', async () => {
    const source = fakeSource();
    const store = await openSecretStore({ sources: [source] });
    source.values.set('KEY', { value: OLD });
    const values = await Promise.all(Array.from({ length: 50 }, () => currentValue(store, 'KEY')));
    expect(new Set(values)).toEqual(new Set([OLD]));
    expect(source.asked).toEqual(['KEY']);
  });

  it('refuses a bad value that turns up later, and keeps serving the others', async () => {
    const source = fakeSource({ KEY: OLD, OTHER: 'other-value-0123' });
    const store = await openSecretStore({ sources: [source] });
    source.values.set('KEY', { value: 'a\r\nX-Evil: 1' });
    store.rotate();
    expect(await store.resolve('KEY')).toMatchObject({
      kind: 'failed',
      failure: { code: 'ERR_CARAPACE_SECRET_VALUE' },
    });
    expect(await currentValue(store, 'OTHER')).toBe('other-value-0123');
  });

  it('says before anything runs which of the needed secrets are missing', async () => {
    const store = await openSecretStore({ sources: [fakeSource({ KEY: OLD })] });
    const prepared = await store.prepare(['KEY', 'NONE']);
    expect([...prepared].map(([name, { kind }]) => `${name} ${kind}`)).toEqual(['KEY found', 'NONE missing']);
  });

  it('holds nothing without sources', async () => {
    const store = await openSecretStore({ sources: [] });
    expect(await currentValue(store, 'KEY')).toBe('missing');
    expect(store.redactor.redactText('text')).toEqual({ text: 'text', count: 0 });
  });
});
