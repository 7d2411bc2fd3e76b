import { createHash } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { DpopProofs } from '../../../../../sandbox/org/oauth/dpop/dpopProofs.ts';
import { newDpopKey, type DpopKey, type ProofClaims } from '../../../../support/dpop.ts';

const url = 'https://acme.my.salesforce.com/services/data/v66.0/limits';
const minute = 60_000;

describe('checking DPoP proofs', () => {
  let key: DpopKey;
  let ahead: number;
  let requiresNonce: boolean;
  let proofs: DpopProofs;

  beforeAll(async () => {
    key = await newDpopKey();
  });
  beforeEach(() => {
    ahead = 0;
    requiresNonce = false;
    proofs = new DpopProofs({ now: () => Date.now() + ahead, requiresNonce: () => requiresNonce });
  });

  const verify = async (
    claims: Partial<ProofClaims> = {},
    header: Record<string, unknown> = {},
    accessToken?: string,
  ) => proofs.verify({ proof: await key.prove('GET', url, claims, header), method: 'GET', url, accessToken });

  it('names the key of a good proof, whatever query the request has', async () => {
    expect(await verify()).toBe(key.thumbprint);
    const proof = await key.prove('GET', url);
    expect(await proofs.verify({ proof, method: 'GET', url: `${url}?q=1#x` })).toBe(key.thumbprint);
    const rsa = await newDpopKey('RS256');
    expect(await proofs.verify({ proof: await rsa.prove('GET', url), method: 'GET', url })).toBe(rsa.thumbprint);
  });

  it.each<[string, Partial<ProofClaims>, string]>([
    ['another method', { htm: 'POST' }, 'htm mismatch'],
    ['another path', { htu: `${url}/x` }, 'htu mismatch'],
    ['another host', { htu: url.replace('acme', 'evil') }, 'htu mismatch'],
    ['no URL', { htu: 'limits' }, 'htu mismatch'],
    ['an old time', { iat: Math.floor(Date.now() / 1000) - 400 }, 'iat is not recent enough'],
    ['a time to come', { iat: Math.floor(Date.now() / 1000) + 400 }, 'iat is not recent enough'],
    ['no id', { jti: '' }, 'jti missing'],
  ])('refuses a proof with %s', async (_case, claims, reason) => {
    await expect(verify(claims)).rejects.toMatchObject({
      error: 'invalid_dpop_proof',
      message: `DPoP proof: ${reason}`,
    });
  });

  it('refuses what is not a proof signed by the key it carries', async () => {
    await expect(verify({}, { typ: 'JWT' })).rejects.toMatchObject({ error: 'invalid_dpop_proof' });
    await expect(verify({}, { jwk: (await newDpopKey()).jwk })).rejects.toMatchObject({ error: 'invalid_dpop_proof' });
    await expect(verify({}, { jwk: undefined })).rejects.toMatchObject({ error: 'invalid_dpop_proof' });
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    await expect(verify({}, { jwk: await exportJWK(privateKey) })).rejects.toMatchObject({
      error: 'invalid_dpop_proof',
    });
    await expect(proofs.verify({ proof: 'a.b.c', method: 'GET', url })).rejects.toMatchObject({
      error: 'invalid_dpop_proof',
    });
  });

  it('takes a proof for its token only', async () => {
    const ath = createHash('sha256').update('token').digest('base64url');
    expect(await verify({ ath }, {}, 'token')).toBe(key.thumbprint);
    await expect(verify({ ath }, {}, 'other')).rejects.toThrow('ath mismatch');
    await expect(verify({}, {}, 'token')).rejects.toThrow('ath mismatch');
  });

  it('takes a proof once, and forgets it when it is too old anyway', async () => {
    const jti = 'once';
    expect(await verify({ jti })).toBe(key.thumbprint);
    await expect(verify({ jti })).rejects.toThrow('replay detected');
    const other = await newDpopKey();
    expect(await proofs.verify({ proof: await other.prove('GET', url, { jti }), method: 'GET', url })).toBe(
      other.thumbprint,
    );
    ahead = 11 * minute;
    expect(await verify({ jti, iat: Math.floor((Date.now() + ahead) / 1000) })).toBe(key.thumbprint);
  });

  it('goes by the clock it is given', async () => {
    ahead = 60 * minute;
    await expect(verify()).rejects.toThrow('iat is not recent enough');
    expect(await verify({ iat: Math.floor((Date.now() + ahead) / 1000) })).toBe(key.thumbprint);
  });

  it('asks for a nonce of its own, good for at least five minutes', async () => {
    expect(proofs.nonce()).toBeUndefined();
    requiresNonce = true;
    await expect(verify()).rejects.toMatchObject({ error: 'use_dpop_nonce' });
    await expect(verify({ nonce: 'invented' })).rejects.toMatchObject({ error: 'use_dpop_nonce' });
    const nonce = proofs.nonce() ?? '';
    const now = (): number => Math.floor((Date.now() + ahead) / 1000);
    expect(await verify({ nonce })).toBe(key.thumbprint);
    ahead = 5 * minute;
    expect(await verify({ nonce, iat: now() })).toBe(key.thumbprint);
    expect(proofs.nonce()).not.toBe(nonce);
    ahead = 10 * minute;
    await expect(verify({ nonce, iat: now() })).rejects.toMatchObject({ error: 'use_dpop_nonce' });
  });
});
