import { picklist, type FieldOptions } from './fieldBuilders.ts';
import type { FieldDefinition } from './objectDefinition.ts';

/** Written by their usual names too, where the runtime's list has only the canonical one. */
const timeZones = [...new Set([...Intl.supportedValuesOf('timeZone'), 'Asia/Kolkata', 'GMT'])];
/** Salesforce's fully supported languages (Help, "Supported Languages"). */
const languages = [
  'en_US',
  'de',
  'es',
  'fr',
  'it',
  'ja',
  'sv',
  'ko',
  'zh_TW',
  'zh_CN',
  'pt_BR',
  'nl_NL',
  'da',
  'th',
  'fi',
  'ru',
  'es_MX',
  'no',
];
/** Locales of the countries where the bank or its clients are. */
const locales = [
  'en_US',
  'en_GB',
  'en_AU',
  'en_CA',
  'en_HK',
  'en_IE',
  'en_IN',
  'en_NZ',
  'en_SG',
  'en_ZA',
  'da_DK',
  'de_AT',
  'de_CH',
  'de_DE',
  'es_ES',
  'es_MX',
  'fi_FI',
  'fr_BE',
  'fr_CA',
  'fr_CH',
  'fr_FR',
  'it_IT',
  'ja_JP',
  'ko_KR',
  'nl_NL',
  'no_NO',
  'pl_PL',
  'pt_BR',
  'sv_SE',
  'zh_CN',
];

const restricted = { length: 40, restrictedPicklist: true } as const;

/** The fields that say how times, numbers and texts are written; each takes only what there is. */
export function timeZoneField(name: string, options: FieldOptions = {}): FieldDefinition {
  return picklist(name, timeZones, { ...restricted, ...options });
}

/** A locale out of those that the org knows. */
export function localeField(name: string, options: FieldOptions = {}): FieldDefinition {
  return picklist(name, locales, { ...restricted, ...options });
}

/** A language out of those that Salesforce supports. */
export function languageField(name: string, options: FieldOptions = {}): FieldDefinition {
  return picklist(name, languages, { ...restricted, ...options });
}
