import { XMLBuilder } from 'fast-xml-parser';
import type { Context } from 'koa';
import { apiVersionStatus } from '../rest/apiVersion.ts';

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@_' });

/** The namespaces of faults, enterprise and partner API (SOAP API Developer Guide, "API Fault Element"). */
const namespaces: Readonly<Record<string, string>> = {
  c: 'urn:fault.enterprise.soap.sforce.com',
  u: 'urn:fault.partner.soap.sforce.com',
};
const apiOf: Readonly<Record<string, string>> = {
  c: 'SOAP API (Enterprise WSDL)',
  u: 'SOAP API (Partner WSDL)',
  m: 'Metadata API',
  t: 'Tooling API',
  s: 'Apex API',
  class: 'Apex web services',
};

/**
 * Refuses `/services/Soap/u/66.0` and its siblings with a fault, which SOAP 1.1 (§6.2) sends with status 500. A version
 * that is retired is refused as one.
 */
export function soapFault(ctx: Context): void {
  const [, , , api = '', version = ''] = ctx.path.split('/');
  const kind = api.toLowerCase();
  const isRetired = apiVersionStatus(version) === 'retired';
  const code = isRetired ? 'UNSUPPORTED_API_VERSION' : 'API_DISABLED_FOR_ORG';
  const message = isRetired
    ? `Invalid Api version specified on URL: ${version}`
    : `This embedded org offers no ${apiOf[kind] ?? 'SOAP API'}; use the REST API.`;
  const fault = { faultcode: `sf:${code}`, faultstring: `${code}: ${message}` };
  const envelope = {
    'soapenv:Envelope': {
      '@_xmlns:soapenv': 'http://schemas.xmlsoap.org/soap/envelope/',
      '@_xmlns:sf': namespaces[kind] ?? 'http://soap.sforce.com/2006/04/metadata',
      'soapenv:Body': { 'soapenv:Fault': fault },
    },
  };
  ctx.status = 500;
  ctx.set('Content-Type', 'text/xml;charset=UTF-8');
  ctx.body = `<?xml version="1.0" encoding="UTF-8"?>${builder.build(envelope)}`;
}
