import { compoundAddress, double, picklist, text, textArea } from './fieldBuilders.ts';
import type { FieldDefinition } from './objectDefinition.ts';

/** How exact a geocode is, best first. */
const geocodeAccuracies = [
  'Address',
  'NearAddress',
  'Block',
  'Street',
  'ExtendedZip',
  'Zip',
  'Neighborhood',
  'City',
  'County',
  'State',
  'Unknown',
];

/**
 * The nine fields of one address, stored parts first and the compound field last, e.g. `BillingStreet` …
 * `BillingAddress`.
 *
 * @param prefix `Billing`, `Mailing`, or empty where the object has one address only (Lead, User).
 */
export function addressFields(prefix: string): FieldDefinition[] {
  const compoundFieldName = `${prefix}Address`;
  const part = { compoundFieldName };
  return [
    textArea(`${prefix}Street`, 255, part),
    text(`${prefix}City`, 40, part),
    text(`${prefix}State`, 80, part),
    text(`${prefix}PostalCode`, 20, part),
    text(`${prefix}Country`, 80, part),
    double(`${prefix}Latitude`, 18, 15, part),
    double(`${prefix}Longitude`, 18, 15, part),
    picklist(`${prefix}GeocodeAccuracy`, geocodeAccuracies, { ...part, length: 40, restrictedPicklist: true }),
    compoundAddress(compoundFieldName, {
      addressParts: {
        street: `${prefix}Street`,
        city: `${prefix}City`,
        state: `${prefix}State`,
        postalCode: `${prefix}PostalCode`,
        country: `${prefix}Country`,
        latitude: `${prefix}Latitude`,
        longitude: `${prefix}Longitude`,
        geocodeAccuracy: `${prefix}GeocodeAccuracy`,
      },
    }),
  ];
}
