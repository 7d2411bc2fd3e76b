/**
 * Word lists for the sample data. All people and companies are invented, except the names Salesforce ships in its own
 * samples.
 */
export const firstNames = [
  'Amelia', 'Ana', 'Andrea', 'Anika', 'Arjun', 'Aisha', 'Beatriz', 'Benjamin', 'Björn', 'Camille', 'Carlos', 'Chiara',
  'Chloe', 'Daniel', 'David', 'Elena', 'Émile', 'Emma', 'Erik', 'Fatima', 'Felix', 'Fiona', 'Gabriel', 'Giulia',
  'Grace', 'Hannah', 'Haruto', 'Hugo', 'Ingrid', 'Isabel', 'James', 'Jan', 'Jing', 'João', 'Julia', 'Karim', 'Katarina',
  'Kenji', 'Laura', 'Léa', 'Liam', 'Lucas', 'Maria', 'Marta', 'Matteo', 'Mei', 'Michael', 'Mohammed', 'Nadia',
  'Natalie', 'Nikhil', 'Noah', 'Olivia', 'Omar', 'Oscar', 'Paul', 'Pedro', 'Priya', 'Rachel', 'Raj', 'Robert', 'Rosa',
  'Samuel', 'Sara', 'Sofia', 'Søren', 'Stefan', 'Tariq', 'Thomas', 'Valentina', 'Victoria', 'Wei', 'William', 'Yara',
  'Yuki', 'Zoë',
];
export const lastNames = [
  'Abbott', 'Ahmed', 'Almeida', 'Andersson', 'Baker', 'Bauer', 'Bianchi', 'Brown', 'Carter', 'Chen', 'Cohen', 'Costa',
  'Davies', 'de Vries', 'Dubois', 'Edwards', 'Eriksen', 'Evans', 'Fernández', 'Fischer', 'Fontaine', 'Foster', 'García',
  'Gupta', 'Hansen', 'Harris', 'Hoffmann', 'Hughes', 'Ito', 'Ivanova', 'Jackson', 'Jansen', 'Johnson', 'Kapoor',
  'Keller', 'Kim', 'Kowalski', 'Laurent', 'Lee', 'Lindqvist', 'Lopez', 'MacDonald', 'Martin', 'Meyer', 'Moreau',
  'Müller', 'Murphy', 'Nakamura', 'Nguyen', "O'Brien", "O'Neill", 'Okafor', 'Olsen', 'Park', 'Patel', 'Pereira',
  'Petrov', 'Popescu', 'Ramirez', 'Rossi', 'Santos', 'Sato', 'Schmidt', 'Schneider', 'Shah', 'Silva', 'Singh', 'Smith',
  'Strand', 'Suzuki', 'Tan', 'Taylor', 'Thompson', 'Turner', 'van Dijk', 'Vogel', 'Walker', 'Wang', 'Weber', 'Williams',
  'Wilson', 'Wong', 'Wright', 'Yamamoto', 'Zhang', 'Zimmermann',
];
export const companyFirst = [
  'Aldgate', 'Alpine', 'Amberley', 'Anchor', 'Arden', 'Atlas', 'Aurora', 'Avon', 'Baltic', 'Beacon', 'Blackwater',
  'Bluebird', 'Boreal', 'Bridgewater', 'Brightwell', 'Calder', 'Caledon', 'Canyon', 'Cardinal', 'Carlisle', 'Castellan',
  'Cedar', 'Chesham', 'Clearwater', 'Cobalt', 'Concord', 'Corvus', 'Crestline', 'Danube', 'Delphi', 'Dorian',
  'Eastgate', 'Elbe', 'Eldon', 'Emerald', 'Evergreen', 'Falcon', 'Fairmont', 'Fjord', 'Foxglove', 'Garrison', 'Glacier',
  'Granite', 'Halcyon', 'Harbour', 'Hartwell', 'Helios', 'Highland', 'Horizon', 'Ibex', 'Indigo', 'Ironbridge',
  'Juniper', 'Kestrel', 'Kingsway', 'Lakeside', 'Larch', 'Lindholm', 'Lodestar', 'Lombard', 'Magnolia', 'Maritime',
  'Meadow', 'Meridian', 'Montclair', 'Nautilus', 'Nordwind', 'Northgate', 'Oakhurst', 'Obsidian', 'Orchard', 'Orion',
  'Osprey', 'Pacifica', 'Palisade', 'Pinnacle', 'Polaris', 'Quarry', 'Raven', 'Redwood', 'Rhine', 'Rosemont', 'Sable',
  'Sapphire', 'Seaward', 'Sierra', 'Silverline', 'Solent', 'Sterling', 'Summit', 'Tamarind', 'Tern', 'Thames',
  'Thornbury', 'Trident', 'Umbra', 'Valiant', 'Verdant', 'Vesper', 'Westbrook', 'Willow', 'Windermere', 'Yarrow',
  'Zenith',
];
export const companySecond = [
  'Aerospace', 'Agriculture', 'Automotive', 'Biotech', 'Brewing', 'Cement', 'Chemicals', 'Components', 'Construction',
  'Dairy', 'Energy', 'Engineering', 'Foods', 'Freight', 'Glass', 'Health', 'Holdings', 'Hotels', 'Industries',
  'Infrastructure', 'Insurance', 'Logistics', 'Machinery', 'Marine', 'Materials', 'Media', 'Metals', 'Mining', 'Motors',
  'Networks', 'Packaging', 'Paper', 'Pharma', 'Power', 'Property', 'Rail', 'Retail', 'Robotics', 'Semiconductors',
  'Shipping', 'Software', 'Solar', 'Steel', 'Systems', 'Telecom', 'Textiles', 'Therapeutics', 'Utilities', 'Water',
];
export const titles = [
  'Chief Financial Officer', 'Group Treasurer', 'Deputy Treasurer', 'Head of Corporate Finance', 'Head of M&A',
  'Director, Investor Relations', 'VP, Finance', 'VP, Treasury Operations', 'SVP, Procurement',
  'Chief Executive Officer', 'Chief Operating Officer', 'General Counsel', 'Cash Manager', 'Treasury Analyst',
  'Head of Risk', 'Financial Controller', 'Head of Tax', 'Company Secretary', 'Head of Trade Finance',
  'Director, Strategy',
];
export const departments = [
  'Treasury', 'Finance', 'Corporate Development', 'Legal', 'Procurement', 'Operations', 'Risk', 'Executive Office',
];

export interface City {
  city: string;
  state: string | null;
  country: string;
  postalCode: string;
  latitude: number;
  longitude: number;
  dialling: string;
  region: 'Americas' | 'EMEA' | 'APAC';
  legalForm: string;
}

function place(
  region: City['region'], country: string, legalForm: string, dialling: string, city: string, state: string | null,
  postalCode: string,
  latitude: number, longitude: number,
): City {
  return { city, state, country, postalCode, latitude, longitude, dialling, region, legalForm };
}

export const cities: readonly City[] = [
  place('EMEA', 'United Kingdom', 'plc', '+44 20', 'London', null, 'EC2R 8AH', 51.5142, -0.0885),
  place('EMEA', 'United Kingdom', 'Ltd', '+44 161', 'Manchester', null, 'M2 4WU', 53.4808, -2.2426),
  place('EMEA', 'Germany', 'AG', '+49 69', 'Frankfurt am Main', 'Hessen', '60311', 50.1109, 8.6821),
  place('EMEA', 'Germany', 'GmbH', '+49 89', 'München', 'Bayern', '80331', 48.1372, 11.5755),
  place('EMEA', 'France', 'SA', '+33 1', 'Paris', null, '75002', 48.8686, 2.3412),
  place('EMEA', 'Netherlands', 'NV', '+31 20', 'Amsterdam', null, '1012 JS', 52.3731, 4.8926),
  place('EMEA', 'Switzerland', 'AG', '+41 44', 'Zürich', 'Zürich', '8001', 47.3717, 8.5392),
  place('EMEA', 'Sweden', 'AB', '+46 8', 'Stockholm', null, '111 47', 59.3326, 18.0649),
  place('EMEA', 'Italy', 'SpA', '+39 02', 'Milano', 'MI', '20121', 45.4669, 9.19),
  place('EMEA', 'Spain', 'SA', '+34 91', 'Madrid', null, '28014', 40.4153, -3.6945),
  place('EMEA', 'Ireland', 'plc', '+353 1', 'Dublin', null, 'D02 X285', 53.3441, -6.2675),
  place('EMEA', 'United Arab Emirates', 'PJSC', '+971 4', 'Dubai', null, '00000', 25.2048, 55.2708),
  place('EMEA', 'South Africa', 'Ltd', '+27 11', 'Johannesburg', 'Gauteng', '2196', -26.1076, 28.0567),
  place('Americas', 'United States', 'Inc', '+1 212', 'New York', 'NY', '10005', 40.7061, -74.0087),
  place('Americas', 'United States', 'Corp', '+1 312', 'Chicago', 'IL', '60606', 41.8826, -87.6373),
  place('Americas', 'United States', 'Inc', '+1 713', 'Houston', 'TX', '77002', 29.7589, -95.3677),
  place('Americas', 'United States', 'Inc', '+1 415', 'San Francisco', 'CA', '94105', 37.7898, -122.3942),
  place('Americas', 'Canada', 'Inc', '+1 416', 'Toronto', 'ON', 'M5J 2S8', 43.6471, -79.3819),
  place('Americas', 'Brazil', 'SA', '+55 11', 'São Paulo', 'SP', '01310-100', -23.5614, -46.6559),
  place('Americas', 'Mexico', 'SA de CV', '+52 55', 'Ciudad de México', 'CDMX', '06600', 19.4284, -99.1677),
  place('APAC', 'Japan', 'KK', '+81 3', 'Tokyo', null, '100-0005', 35.6812, 139.7671),
  place('APAC', 'Singapore', 'Pte Ltd', '+65', 'Singapore', null, '048616', 1.2847, 103.8519),
  place('APAC', 'Hong Kong', 'Ltd', '+852', 'Hong Kong', null, '999077', 22.2819, 114.1581),
  place('APAC', 'Australia', 'Ltd', '+61 2', 'Sydney', 'NSW', '2000', -33.8651, 151.2099),
  place('APAC', 'India', 'Ltd', '+91 22', 'Mumbai', 'MH', '400051', 19.0607, 72.8656),
  place('APAC', 'South Korea', 'Co Ltd', '+82 2', 'Seoul', null, '04527', 37.5636, 126.9976),
];
export const streets = [
  'King Street', 'Market Street', 'Bank Place', 'Harbour Road', 'Station Road', 'Exchange Square', 'Park Avenue',
  'Mill Lane', 'Canal Street', 'Church Street', 'Queen Street', 'Castle Hill',
];
