type Environment = Readonly<Record<string, string | undefined>>;

export function adviceOn(platform: NodeJS.Platform, what: 'chromium' | 'servers'): string;
export function chromiumPlaces(platform: NodeJS.Platform, environment: Environment): string[];
export function headlessShellPlaces(platform: NodeJS.Platform): string[];
export function serverPlaces(name: string, platform: NodeJS.Platform, environment: Environment): string[];
