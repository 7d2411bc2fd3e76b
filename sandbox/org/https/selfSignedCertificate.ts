import { generate } from 'selfsigned';

const dnsNames = [
  '*.my.salesforce.com',
  '*.sandbox.my.salesforce.com',
  '*.develop.my.salesforce.com',
  '*.scratch.my.salesforce.com',
  'login.salesforce.com',
  'test.salesforce.com',
  'localhost',
];

/** A fresh self-signed certificate for the host names of Salesforce orgs, in PEM. Only a test browser will take it. */
export async function createSelfSignedCertificate(): Promise<{ key: string; cert: string }> {
  const pems = await generate([{ name: 'commonName', value: '*.my.salesforce.com' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: dnsNames.map((value) => ({ type: 2, value })) }],
  });
  return { key: pems.private, cert: pems.cert };
}
