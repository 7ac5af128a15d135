import './reflect-metadata.ts';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 86_400_000;

/** What a server proves itself with, as PEM text. */
export interface ServerIdentity {
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  /** Its own certificate, as PEM text. */
  readonly ca: string;
  /** A certificate for one name, valid from `from` to `to`, in days from now. Default: yesterday to tomorrow. */
  issue(name: string, validity?: { readonly from?: number; readonly to?: number }): Promise<ServerIdentity>;
}

/** A certificate authority that nobody knows, made for one test. */
export async function createAuthority(): Promise<Authority> {
  // The library's types and Node's name the same standard interface.
  cryptoProvider.set(globalThis.crypto);
  const keys = await generate();
  const root = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Test authority',
    keys,
    signingAlgorithm: ALGORITHM,
    notBefore: inDays(-2),
    notAfter: inDays(2),
    extensions: [new BasicConstraintsExtension(true, 1, true)],
  });
  return {
    ca: root.toString('pem'),
    issue: async (name, { from = -1, to = 1 } = {}) => {
      const own = await generate();
      const certificate = await X509CertificateGenerator.create({
        subject: `CN=${name}`,
        issuer: root.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ALGORITHM,
        notBefore: inDays(from),
        notAfter: inDays(to),
        extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
      });
      const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', own.privateKey)).toString('base64');
      return {
        cert: certificate.toString('pem'),
        key: `-----BEGIN PRIVATE KEY-----\n${key.replaceAll(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`,
      };
    },
  };
}

function generate(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * DAY);
}
